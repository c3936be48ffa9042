import { holds, type Right, rights } from '../domain/access/actor.ts';
import { can } from '../domain/access/policy.ts';
import { openSections, openSettings, type Section, type SettingsSection } from '../domain/access/section.ts';
import { anyCaller, pageCaller, turnedAway } from './page.ts';

/** Every section of the staff's pages that is open to who looks. */
export async function pageSections(): Promise<Section[]> {
  return openSections((await anyCaller()).actor);
}

/** The first of the settings open to who looks. Answers with "forbidden" where none is. */
export async function firstSettings(): Promise<SettingsSection> {
  const [first] = openSettings((await pageCaller()).actor);
  return first ?? (await turnedAway());
}

/** Answers a settings page with "forbidden" to whom its section is closed; the procedures refuse by themselves. */
export async function editorsOnly(section: SettingsSection): Promise<void> {
  if (!openSettings((await pageCaller()).actor).includes(section)) return turnedAway();
}

/** Answers with "forbidden" whoever may look at roles but not compose them. */
export async function roleEditorsOnly(): Promise<void> {
  if (!can((await pageCaller()).actor, 'role.edit')) return turnedAway();
}

/** What who looks may do, and so may give. */
export async function ownRights(): Promise<Right[]> {
  const { actor } = await pageCaller();
  return rights.filter((right) => holds(actor, right));
}

/** Whether who looks may open personal values in the trail. */
export async function mayReveal(): Promise<boolean> {
  return can((await pageCaller()).actor, 'audit.reveal');
}
