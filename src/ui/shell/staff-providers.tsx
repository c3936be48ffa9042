'use client';

import { DatesProvider } from '@mantine/dates';
import 'dayjs/locale/en-gb';
import 'dayjs/locale/ru';
import { useLocale } from 'next-intl';
import type { ReactNode } from 'react';
import { ApiProvider } from '../trpc/provider.tsx';
import { staffLinks } from '../trpc/staff-links.ts';
import { Surface } from './surface.tsx';

/** Theme, API and calendar habits (Monday first) of the staff's pages. */
export function StaffProviders({ children }: { children: ReactNode }) {
  const locale = useLocale();
  return (
    <Surface name="staff">
      <ApiProvider links={staffLinks}>
        <DatesProvider settings={{ locale: locale === 'en' ? 'en-gb' : locale, firstDayOfWeek: 1 }}>
          {children}
        </DatesProvider>
      </ApiProvider>
    </Surface>
  );
}
