import { redirect } from 'next/navigation';
import { firstSettings } from '@/api/settings-page.ts';

/** Leads to the first of the settings that is open to who looks. */
export default async function SettingsPage() {
  redirect(`/settings/${await firstSettings()}`);
}
