'use client';

import { useTranslations } from 'next-intl';
import { messageKinds, messageReasons, messageStatuses, type MessageStatus } from '../../domain/message.ts';
import type { IconName } from '../kit/icons.tsx';
import { StatusMark, type Tone } from '../kit/status-mark.tsx';

const marks: Record<MessageStatus, { tone: Tone; icon: IconName }> = {
  due: { tone: 'accent', icon: 'clock' },
  sent: { tone: 'settled', icon: 'check' },
  kept: { tone: 'neutral', icon: 'messages' },
  failed: { tone: 'danger', icon: 'attention' },
  skipped: { tone: 'neutral', icon: 'close' },
};

const asStatus = (text: string): MessageStatus => messageStatuses.find((each) => each === text) ?? 'due';

export function MessageState({ status }: { status: string }) {
  const t = useTranslations('messages.status');
  const known = asStatus(status);
  return <StatusMark {...marks[known]}>{t(known)}</StatusMark>;
}

/** Words for why a message was not sent, or not yet. */
export function useReasonText(): (reason: string | null) => string | null {
  const t = useTranslations('messages');
  return (reason) => {
    const known = messageReasons.find((each) => each === reason);
    return known === undefined ? null : t(`reasons.${known}`);
  };
}

/** Words for what a message is about. */
export function useKindText(): (kind: string) => string {
  const t = useTranslations('messages.kind');
  return (kind) => {
    const known = messageKinds.find((each) => each === kind);
    return known === undefined ? kind : t(known);
  };
}
