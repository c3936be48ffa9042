'use client';

import { skipToken, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { fullName } from '../../domain/contact.ts';
import { useTRPC } from '../trpc/client.ts';

interface Typed {
  firstName: string;
  lastName: string;
  phone: string;
  email: string;
}

/** What would find an existing card: the phone, the e-mail, else the whole name. */
function questionOf({ firstName, lastName, phone, email }: Typed): string {
  if (phone.replace(/\D/g, '').length >= 6) return phone;
  if (/.@./.test(email)) return email;
  return firstName.trim().length > 1 && lastName.trim().length > 1 ? `${firstName} ${lastName}` : '';
}

const typingPauseMs = 300;

/** While a new card is typed: those it might repeat. */
export function SimilarClients(props: {
  typed: Typed;
  onOpen: (client: { clientId: string; name: string }) => void;
}) {
  const t = useTranslations('clients');
  const api = useTRPC();
  const question = questionOf(props.typed);
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setAsked(question), typingPauseMs);
    return () => clearTimeout(timer);
  }, [question]);
  const found = useQuery(
    api.clients.search.queryOptions(asked === '' ? skipToken : { search: asked.slice(0, 80), limit: 3 }),
  );
  return (
    <div aria-live="polite">
      {(found.data ?? []).length > 0 && (
        <div className="rounded-md bg-attention-soft px-3 py-2">
          <p className="text-sm text-attention">{t('form.similar')}</p>
          {found.data?.map((client) => (
            <button
              key={client.clientId}
              type="button"
              onClick={() => props.onOpen({ clientId: client.clientId, name: fullName(client) })}
              className="flex min-h-9 w-full cursor-pointer items-center gap-2 text-left text-ink underline pointer-coarse:min-h-11"
            >
              {fullName(client)} · {t('card', { number: client.cardNumber })}
              {client.phone !== null && ` · ${client.phone}`}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
