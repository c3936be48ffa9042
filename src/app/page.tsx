import { redirect } from 'next/navigation';
import { pageCaller } from '@/api/page.ts';

/** One address for everybody: staff begin with their day, clients with booking. */
export default async function Home() {
  const { actor } = await pageCaller();
  redirect(actor.kind === 'staff' ? '/today' : '/book');
}
