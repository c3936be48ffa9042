import { serve } from '@/api/deps.ts';
import { handleReadiness } from '@/api/http/health.ts';

export const GET = (): Promise<Response> => serve(handleReadiness);
