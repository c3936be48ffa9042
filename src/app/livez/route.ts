import { handleLiveness } from '@/api/http/health.ts';

export const GET = (): Promise<Response> => handleLiveness();
