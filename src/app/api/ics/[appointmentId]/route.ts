import { serve } from '@/api/deps.ts';
import { handleCalendarFile } from '@/api/http/calendar-file.ts';

export const GET = async (
  request: Request,
  { params }: { params: Promise<{ appointmentId: string }> },
): Promise<Response> => {
  const { appointmentId } = await params;
  return serve((server) => handleCalendarFile(request, appointmentId, server));
};
