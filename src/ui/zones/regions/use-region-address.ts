'use client';

import { useState } from 'react';
import { showAddress } from '../../kit/show-address.ts';
import { regionsHref } from '../card/address.ts';

/** Which region is looked at, kept in the address. */
export function useRegionAddress(clientId: string, start: string | null) {
  const [region, setRegion] = useState(start);
  return [
    region,
    (next: string) => {
      setRegion(next);
      showAddress(regionsHref(clientId, next), 'replace');
    },
  ] as const;
}
