'use client';

import { DatesProvider } from '@mantine/dates';
import 'dayjs/locale/en-gb';
import 'dayjs/locale/ru';
import { useLocale } from 'next-intl';
import type { ReactNode } from 'react';
import { ProofHost } from '../account/proof-host.tsx';
import { ApiProvider } from '../trpc/provider.tsx';
import { staffLinks } from '../trpc/staff-links.ts';
import { FreshReturn } from './fresh-return.tsx';
import { MantineArea } from './mantine-area.tsx';

/** Theme, API and calendar habits (Monday first) of the staff's pages. */
export function StaffProviders({ children }: { children: ReactNode }) {
  const locale = useLocale();
  return (
    <MantineArea>
      <ApiProvider links={staffLinks}>
        <DatesProvider settings={{ locale: locale === 'en' ? 'en-gb' : locale, firstDayOfWeek: 1 }}>
          <div data-surface="staff">
            {children}
            <ProofHost />
            <FreshReturn />
          </div>
        </DatesProvider>
      </ApiProvider>
    </MantineArea>
  );
}
