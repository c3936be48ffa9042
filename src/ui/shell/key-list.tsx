'use client';

import { useTranslations } from 'next-intl';
import { Fragment } from 'react';
import { Button } from '../kit/button.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { KeyHint } from '../kit/key-hint.tsx';
import { type Shortcut, useShortcutList } from '../kit/shortcuts.tsx';

const names: Record<string, string> = {
  ctrl: 'Ctrl',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
};

const keyNames = (keys: string): string[] =>
  keys.split('+').map((key) => names[key] ?? (key.length === 1 ? key.toUpperCase() : key));

function KeyGroup({ title, shortcuts }: { title: string; shortcuts: readonly Shortcut[] }) {
  const t = useTranslations('staff');
  if (shortcuts.length === 0) return null;
  // Two ways to do the same stand in one line.
  const labels = [...new Set(shortcuts.map(({ label }) => label))];
  return (
    <section className="mt-3">
      <h3 className="mb-1 text-sm font-medium text-soft">{title}</h3>
      <dl>
        {labels.map((label) => (
          <div key={label} className="flex items-center justify-between gap-4 py-1">
            <dt>{label}</dt>
            <dd className="flex items-center gap-2 text-sm text-soft">
              {shortcuts
                .filter((shortcut) => shortcut.label === label)
                .map(({ keys }, index) => (
                  <Fragment key={keys}>
                    {index > 0 && <span>{t('keyAlternative')}</span>}
                    <KeyHint keys={keyNames(keys)} />
                  </Fragment>
                ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function KeyGroups() {
  const t = useTranslations('staff');
  const shortcuts = useShortcutList()();
  return (
    <>
      <KeyGroup title={t('keysGroupPage')} shortcuts={shortcuts.filter(({ scope }) => scope === 'page')} />
      <KeyGroup title={t('keysGroupGeneral')} shortcuts={shortcuts.filter(({ scope }) => scope !== 'page')} />
    </>
  );
}

/** All keys that answer on the page one is looking at. */
export function KeyList({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useTranslations();
  return (
    <Dialog opened={opened} onClose={onClose} title={t('staff.keys')}>
      <KeyGroups />
      <div className="mt-5 flex justify-end">
        <Button kind="secondary" onClick={onClose}>
          {t('shell.close')}
        </Button>
      </div>
    </Dialog>
  );
}
