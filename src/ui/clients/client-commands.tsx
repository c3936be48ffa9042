'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { fullName } from '../../domain/contact.ts';
import { useCommandSource } from '../shell/commands.tsx';
import { useTRPCClient } from '../trpc/client.ts';

/** Lets the search of every staff page find clients, as far as this account may see them. */
export function ClientCommands() {
  const t = useTranslations('staff');
  const client = useTRPCClient();
  const router = useRouter();
  useCommandSource({
    id: 'clients',
    label: t('groupClients'),
    async find(query, signal) {
      const search = query.trim();
      if (search.length < 2) return [];
      const found = await client.clients.search.query({ search: search.slice(0, 80), limit: 6 }, { signal });
      return found.map((each) => ({
        id: each.clientId,
        label: fullName(each),
        ...(each.phone === null ? {} : { detail: each.phone }),
        icon: 'person' as const,
        run: () => router.push(`/clients/${each.clientId}`),
      }));
    },
  });
  return null;
}
