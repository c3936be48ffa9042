'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../kit/button.tsx';

/** Shown once: to be copied, kept as a file or printed. */
export function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const t = useTranslations('account.factor');
  const [isCopied, setCopied] = useState(false);
  const text = `${codes.join('\n')}\n`;
  return (
    <div>
      <ul className="mb-4 grid grid-cols-2 gap-x-6 gap-y-1 rounded-md bg-sunken px-4 py-3 font-mono text-sm tabular-nums sm:text-base">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div data-print="hide" className="mb-6 flex flex-wrap gap-2">
        <Button
          kind="secondary"
          icon={isCopied ? 'check' : 'copy'}
          onClick={() => {
            // Missing without TLS; then the file and the printer are left.
            void navigator.clipboard?.writeText(text).then(() => setCopied(true));
          }}
        >
          <span aria-live="polite">{t(isCopied ? 'copied' : 'copy')}</span>
        </Button>
        <Button kind="secondary" onClick={() => download(t('fileName'), text)}>
          {t('download')}
        </Button>
        <Button kind="secondary" onClick={() => window.print()}>
          {t('print')}
        </Button>
      </div>
      <div data-print="hide">
        <Button wide onClick={onKept}>
          {t('kept')}
        </Button>
      </div>
    </div>
  );
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
