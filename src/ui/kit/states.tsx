'use no memo';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button, ButtonLink } from './button.tsx';
import { Icon, type IconName } from './icons.tsx';

type StateProps = {
  icon: IconName;
  title: ReactNode;
  text?: ReactNode;
  children?: ReactNode;
  alert?: boolean;
  /** It stands in place of the whole page, so its title is the page's. */
  page?: boolean;
};

function State({ icon, title, text, children, alert = false, page = false }: StateProps) {
  const Title = page ? 'h1' : 'h2';
  return (
    <div
      role={alert ? 'alert' : undefined}
      className="mx-auto flex max-w-md flex-col items-center px-4 py-12 text-center"
    >
      <span className="mb-4 grid size-12 place-items-center rounded-full bg-sunken text-soft">
        <Icon name={icon} size={24} />
      </span>
      <Title className="text-lg font-semibold">{title}</Title>
      {text !== undefined && <p className="mt-1 text-soft">{text}</p>}
      {children !== undefined && <div className="mt-5 flex flex-wrap justify-center gap-2">{children}</div>}
    </div>
  );
}

/** Nothing here yet: says what will stand here and offers the first step as `children`. */
export function EmptyState(props: {
  icon?: IconName;
  title: ReactNode;
  text?: ReactNode;
  children?: ReactNode;
}) {
  return <State {...props} icon={props.icon ?? 'empty'} />;
}

/** Something failed: what happened, a way to try again, and the reference to quote. */
export function FailureState(props: {
  title?: ReactNode;
  text?: ReactNode;
  reference?: string;
  onRetry?: () => void;
  page?: boolean;
}) {
  const t = useTranslations('shell');
  return (
    <State
      alert
      page={props.page}
      icon="attention"
      title={props.title ?? t('failure.title')}
      text={props.text ?? t('failure.text')}
    >
      {props.onRetry !== undefined && <Button onClick={props.onRetry}>{t('retry')}</Button>}
      {props.reference !== undefined && (
        <p className="w-full text-sm text-soft">{t('failure.reference', { reference: props.reference })}</p>
      )}
    </State>
  );
}

/** The account may not see this; who can change that, and a way on. */
export function ForbiddenState({ homeHref }: { homeHref: string }) {
  const t = useTranslations('shell.forbidden');
  return (
    <State page icon="lock" title={t('title')} text={t('text')}>
      <ButtonLink href={homeHref} kind="secondary">
        {t('home')}
      </ButtonLink>
    </State>
  );
}

export function NotFoundState({ homeHref }: { homeHref: string }) {
  const t = useTranslations('shell.notFound');
  return (
    <State page icon="search" title={t('title')} text={t('text')}>
      <ButtonLink href={homeHref} kind="secondary">
        {t('home')}
      </ButtonLink>
    </State>
  );
}
