'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { TimeText } from '../kit/time-text.tsx';
import { MessageState, useReasonText } from '../messages/state-mark.tsx';
import { useTRPC } from '../trpc/client.ts';

/** What this client was told, or was not and why. */
export function ClientMessages({ clientId, zone }: { clientId: string; zone: string }) {
  const t = useTranslations('clients.page');
  const api = useTRPC();
  const reasonText = useReasonText();
  const { data: messages } = useQuery(api.messages.ofClient.queryOptions({ clientId }));
  if (messages === undefined) return <div className="h-12" aria-busy="true" />;
  if (messages.length === 0) return <p className="text-soft">{t('messagesNone')}</p>;
  return (
    <ul className="divide-y divide-line">
      {messages.map((message) => (
        <li
          key={message.messageId}
          className="flex flex-wrap items-start gap-x-4 gap-y-1 py-3 first:pt-0 last:pb-0"
        >
          <div className="min-w-0 flex-1 basis-64">
            <Link
              href={`/messages?open=${message.messageId}`}
              className="font-medium text-ink underline decoration-line-strong underline-offset-4 hover:decoration-accent"
            >
              {message.subject}
            </Link>
            <p className="text-sm text-soft">
              <TimeText at={message.sentAt ?? message.createdAt} zone={zone} />
              {message.statusReason !== null && ` · ${reasonText(message.statusReason) ?? ''}`}
            </p>
          </div>
          <MessageState status={message.status} />
        </li>
      ))}
    </ul>
  );
}
