import { server } from '@/api/deps.ts';
import { handleCalendarFile } from '@/api/http/calendar-file.ts';

export const GET = async (
  request: Request,
  { params }: { params: Promise<{ appointmentId: string }> },
): Promise<Response> => handleCalendarFile(request, (await params).appointmentId, await server());
