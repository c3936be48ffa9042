'use client';

import { templateOf } from '../../../domain/scheme/template.ts';
import { useTRPCClient } from '../../trpc/client.ts';
import { Laying } from './laying.tsx';
import { StaffSurface } from './staff-surface.tsx';
import type { Scheme } from './types.ts';
import { useLine } from './use-line.ts';

export interface Opened {
  scheme: Scheme;
  zone: string;
  licenseKey: string | null;
  /** Whose device this is at this moment. */
  accountId: string;
}

export function OpenedDrawing(props: Opened) {
  const { schemeId, generation, backdrop } = props.scheme;
  const client = useTRPCClient();
  const line = useLine({
    schemeId,
    generation,
    owner: props.accountId,
    askTicket: () => client.drawings.ticket.mutate({ schemeId }),
  });
  if (line === null) return <Laying />;
  const template = backdrop.kind === 'template' ? templateOf(backdrop.templateKey) : null;
  return <StaffSurface {...props} template={template} line={line} />;
}
