/** Every route handler and who may come in through it. One that isn't here fails the suite: say here who it is for, and why that is safe. */
export const handlers: Readonly<Record<string, string>> = {
  'api/auth/[...nextauth]/route.ts':
    'anyone: it signs in and out, with its own token against forged requests',
  'api/ics/[appointmentId]/route.ts':
    'whoever may see the visit (`appointment.view`); everybody else is answered 404',
  'api/imports/route.ts': 'staff who may run imports (`import.run`), from our own pages alone',
  'api/imports/[id]/report/route.ts': 'staff who may run imports (`import.run`)',
  'api/trail/export/route.ts':
    'staff who may view the trail (`audit.view`), with a fresh proof; that it was taken out is noted',
  '(auth)/sign-in/begin/route.ts': 'anyone: it gives the browser a form token and changes nothing',
  '(auth)/welcome/route.ts': 'anyone: it leads whoever is signed in to their own pages',
  'api/trpc/[trpc]/route.ts': 'the ladder of procedures decides, call by call',
};
