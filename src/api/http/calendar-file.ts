/** GET /api/ics/<appointment>: the visit as a file for one's own calendar. Own visits, or staff who may see them. */
import { can } from '../../domain/access/policy.ts';
import { isId } from '../../domain/ids.ts';
import { subjectOf, readAppointment } from '../../server/booking/read.ts';
import { appointmentCalendarFile } from '../../server/notifications/calendar-file.ts';
import { readVisitToTell } from '../../server/notifications/read-visit.ts';
import { onBehalfOf } from '../../server/deps.ts';
import { identify } from '../auth.ts';
import type { Server } from '../deps.ts';

const states: Record<string, 'tentative' | 'confirmed' | 'cancelled'> = {
  pending: 'tentative',
  declined: 'cancelled',
  cancelled: 'cancelled',
};

/** What isn't there and what isn't yours are answered alike. */
const nothing = () => new Response(null, { status: 404, headers: { 'cache-control': 'no-store' } });

export async function handleCalendarFile(
  request: Request,
  appointmentId: string,
  { deps: shared, env }: Server,
): Promise<Response> {
  const { actor, session } = await identify(shared, env, request.headers.get('cookie'));
  if (!session) return new Response(null, { status: 401, headers: { 'cache-control': 'no-store' } });
  if (!isId(appointmentId)) return nothing();
  const deps = onBehalfOf(shared, actor);
  const row = await readAppointment(deps.db, appointmentId);
  if (!row || !can(actor, 'appointment.view', subjectOf(row))) return nothing();
  const visit = await readVisitToTell(deps.db, appointmentId);
  if (!visit) return nothing();
  const services = visit.services.map(({ name }) => name).join(', ');
  const place = [visit.location.name, visit.location.address].filter(Boolean).join(', ');
  const file = appointmentCalendarFile(
    {
      ...visit,
      title: `${services}, ${visit.clinic}`,
      description: [services, visit.location.phone].filter(Boolean).join('\n'),
      place,
      state: states[visit.status] ?? 'confirmed',
    },
    deps.now(),
  );
  return new Response(file, {
    headers: {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': 'attachment; filename="visit.ics"',
      'cache-control': 'no-store',
    },
  });
}
