import { forbidden } from 'next/navigation';
import { can } from '../domain/access/policy.ts';
import { pageCaller } from './page.ts';

/** Answers a settings page with "forbidden" to whoever may not change what it shows; the procedures refuse by themselves. */
export async function editorsOnly(
  action: 'catalogue.edit' | 'hours.edit' | 'people.edit' | 'settings.edit' | 'import.run',
): Promise<void> {
  const { actor } = await pageCaller();
  if (!can(actor, action)) forbidden();
}
