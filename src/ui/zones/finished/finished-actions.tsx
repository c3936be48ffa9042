'use client';

import { Button, Menu } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { IconButton } from '../../kit/icon-button.tsx';
import { Icon } from '../../kit/icons.tsx';
import { useProblemText } from '../../kit/refusal-text.ts';
import { toast } from '../../kit/toasts.ts';
import { useTRPC } from '../../trpc/client.ts';
import { compareHref, editorHref, regionsHref } from '../card/address.ts';
import { CorrectDialog } from './correct-dialog.tsx';
import type { ClientOfDrawing, Revision } from './types.ts';

/** What can be done with a finished drawing. Nothing of it changes what was finished. */
export function FinishedActions(props: { revision: Revision; client: ClientOfDrawing; isNewest: boolean }) {
  const t = useTranslations('zones');
  const api = useTRPC();
  const router = useRouter();
  const problem = useProblemText();
  const { revision, client } = props;
  const { schemeId, backdrop } = revision;
  const [isCorrecting, setCorrecting] = useState(false);
  const repeat = useMutation(
    api.drawings.open.mutationOptions({
      onSuccess: (opened) => router.push(editorHref(opened.schemeId)),
      onError: (error) => toast(problem(error), { tone: 'danger' }),
    }),
  );
  const onRepeat = () =>
    repeat.mutate({
      clientId: client.clientId,
      visitId: null,
      backdrop:
        backdrop.kind === 'template'
          ? { kind: 'template', templateKey: backdrop.templateKey }
          : { kind: 'picture', pictureId: backdrop.pictureId },
      title: backdrop.kind === 'picture' ? backdrop.title : '',
      underSchemeId: schemeId,
    });
  return (
    <>
      {revision.canDraw && props.isNewest && revision.status === 'finished' && (
        <Button
          variant="default"
          leftSection={<Icon name="edit" size={18} />}
          onClick={() => setCorrecting(true)}
        >
          {t('finished.correct')}
        </Button>
      )}
      {revision.canDraw && props.isNewest && revision.status === 'draft' && (
        <Button component={Link} href={editorHref(schemeId)} leftSection={<Icon name="edit" size={18} />}>
          {t('finished.toEditor')}
        </Button>
      )}
      {revision.canDraw && (
        <Button
          variant="default"
          leftSection={<Icon name="copy" size={18} />}
          loading={repeat.isPending || repeat.isSuccess}
          onClick={onRepeat}
        >
          {t('finished.repeat')}
        </Button>
      )}
      <Button
        component="a"
        href={revision.pictures.pdf}
        variant="default"
        leftSection={<Icon name="download" size={18} />}
      >
        {t('finished.pdf')}
      </Button>
      <Menu position="bottom-end" width={220} transitionProps={{ duration: 120 }}>
        <Menu.Target>
          <IconButton icon="more" label={t('finished.more')} />
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component={Link} href={compareHref(client.clientId, `${schemeId}.${revision.number}`)}>
            {t('finished.compare')}
          </Menu.Item>
          <Menu.Item component={Link} href={regionsHref(client.clientId)}>
            {t('card.byRegion')}
          </Menu.Item>
          <Menu.Item onClick={() => window.print()}>{t('finished.print')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isCorrecting && (
        <CorrectDialog schemeId={schemeId} number={revision.number} onClose={() => setCorrecting(false)} />
      )}
    </>
  );
}
