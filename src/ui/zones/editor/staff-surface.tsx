'use client';

import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Editor, TLShapeId } from 'tldraw';
import type { SchemeTemplate } from '../../../domain/scheme/template.ts';
import { Button } from '../../kit/button.tsx';
import { Icon } from '../../kit/icons.tsx';
import { useLiveQuery } from '../../live/use-live.ts';
import { useTRPC } from '../../trpc/client.ts';
import { finishedHref } from '../card/address.ts';
import { useDrawingWords } from '../card/words.ts';
import type { Ground } from '../drawing/surroundings.ts';
import { ConsultationPanel } from './consultation-panel.tsx';
import { DiscardDialog } from './discard-dialog.tsx';
import { DrawingSurface, useLineState } from './drawing-surface.tsx';
import { FinishDialog } from './finish-dialog.tsx';
import { HistoryPanel } from './history-panel.tsx';
import type { DrawingLine } from './line.ts';
import { LineBanner } from './line-banner.tsx';
import { DrawnWith } from './drawn-with.tsx';
import { mirrorSelected } from './mirroring.ts';
import { MoreMenu } from './more-menu.tsx';
import { QuickBar } from './quick-bar.tsx';
import { RenameDialog } from './rename-dialog.tsx';
import { SidePanel } from './side-panel.tsx';
import { SquareButton } from './square-button.tsx';
import type { Scheme } from './types.ts';
import { TotalChips } from './total-chips.tsx';
import { TotalsPanel } from './totals-panel.tsx';
import { underPicture } from './under-picture.ts';
import { WaitingGuests } from './waiting-guests.tsx';
import { useBesides } from './use-besides.ts';

const none: ReadonlySet<string> = new Set();
const isShapeId = (id: string): id is TLShapeId => id.startsWith('shape:');

/** The staff's drawing: everything around the paper. */
export function StaffSurface(props: {
  scheme: Scheme;
  template: SchemeTemplate | null;
  line: DrawingLine;
  zone: string;
  licenseKey: string | null;
}) {
  const { line, template } = props;
  const t = useTranslations('zones.editor');
  const words = useDrawingWords();
  const api = useTRPC();
  const router = useRouter();
  const { schemeId } = props.scheme;
  const scheme =
    useQuery(api.drawings.get.queryOptions({ schemeId }, { initialData: props.scheme, staleTime: 30_000 }))
      .data ?? props.scheme;
  useLiveQuery(['client'], api.drawings.get.queryKey({ schemeId }));
  const [editor, setEditor] = useState<Editor | null>(null);
  const [panel, setPanel] = useState<'history' | 'consultation' | null>(null);
  const [isOpen, setOpen] = useState(false);
  const [asked, setAsked] = useState<'finish' | 'discard' | 'rename' | null>(null);
  const [named, setNamed] = useState(scheme.title);
  const [faulty, setFaulty] = useState(none);
  const [showsUnder, setShowsUnder] = useState(true);
  const state = useLineState(line);
  const besides = useBesides(editor, scheme);

  const ground: Ground =
    scheme.backdrop.kind === 'picture'
      ? { kind: 'picture', href: scheme.backdrop.address, heightUnits: scheme.backdrop.heightUnits }
      : { kind: 'template', paths: template?.paths ?? [], heightUnits: template?.heightUnits ?? 1_200 };
  const [under] = useState(() =>
    scheme.under === null ? null : underPicture(scheme.under.records, ground.heightUnits),
  );
  // Until the server has said it, what it said of the page holds.
  const mode = state.access?.mode ?? (scheme.canDraw && scheme.status === 'draft' ? 'draw' : 'watch');
  const mayDraw = mode === 'draw' && state.ended === null;
  const usual = words.template({
    templateKey: template?.key ?? null,
    title: scheme.backdrop.kind === 'picture' ? scheme.backdrop.title : '',
  });
  const cardHref = `/clients/${scheme.clientId}`;
  const open = (next: typeof panel) => {
    setPanel(next);
    setOpen(true);
  };
  const axisX = template ? template.mirrorAxisX : 500;

  return (
    <>
      <DrawingSurface
        who="staff"
        mode={mode}
        line={line}
        ground={ground}
        under={showsUnder ? under : null}
        faulty={faulty}
        label={t('paper', { name: scheme.clientName })}
        licenseKey={props.licenseKey}
        products={scheme.products}
        mirror={
          axisX === null
            ? null
            : (mounted) =>
                mirrorSelected(mounted, axisX, (pairs) => {
                  for (const [from, to] of pairs) {
                    const lotId = besides.lotOf(from);
                    if (lotId !== null) besides.copyLot(to, lotId);
                  }
                })
        }
        onEditor={setEditor}
        start={
          <>
            <a
              href={cardHref}
              aria-label={t('back', { name: scheme.clientName })}
              title={t('back', { name: scheme.clientName })}
              className="inline-flex size-11 shrink-0 items-center justify-center rounded-md text-ink no-underline hover:bg-hover"
            >
              <Icon name="back" size={22} />
            </a>
            <div className="min-w-0 max-md:hidden">
              <h1 className="truncate text-base leading-5 font-semibold">{scheme.clientName}</h1>
              <p className="truncate text-sm text-soft">{named || usual}</p>
            </div>
          </>
        }
        end={
          <>
            {mayDraw && (
              <span className="max-md:hidden">
                <SquareButton
                  icon="qr"
                  label={t('consultation.open')}
                  pressed={panel === 'consultation'}
                  onClick={() => (panel === 'consultation' ? setPanel(null) : open('consultation'))}
                />
              </span>
            )}
            <MoreMenu
              onConsultation={mayDraw ? () => open('consultation') : null}
              onHistory={() => open('history')}
              onRename={mayDraw ? () => setAsked('rename') : null}
              under={
                under === null ? null : { isShown: showsUnder, toggle: () => setShowsUnder(!showsUnder) }
              }
              onDiscard={mayDraw ? () => setAsked('discard') : null}
            />
            {mayDraw && <Button onClick={() => setAsked('finish')}>{t('finish')}</Button>}
          </>
        }
        banner={
          <>
            {mayDraw && panel !== 'consultation' && (
              <WaitingGuests schemeId={schemeId} onLook={() => open('consultation')} />
            )}
            <LineBanner line={line} state={state} staff={{ cardHref }} mayDraw={mayDraw} />
          </>
        }
        corner={editor && <TotalChips editor={editor} scheme={scheme} onOpen={() => open(null)} />}
        quick={editor && <QuickBar editor={editor} scheme={scheme} onOpen={() => open(null)} />}
        panel={
          <SidePanel
            title={panel === null ? null : t(`${panel}.title`)}
            isOpen={isOpen}
            foot={
              editor && <TotalsPanel editor={editor} scheme={scheme} template={template} besides={besides} />
            }
            onClose={() => {
              setPanel(null);
              setOpen(false);
            }}
          >
            {panel === 'history' && <HistoryPanel schemeId={schemeId} zone={props.zone} canDraw={mayDraw} />}
            {panel === 'consultation' && <ConsultationPanel schemeId={schemeId} />}
            {panel === null && editor && mayDraw && (
              <DrawnWith editor={editor} scheme={scheme} besides={besides} />
            )}
          </SidePanel>
        }
      />
      {asked === 'finish' && (
        <FinishDialog
          schemeId={schemeId}
          isSaved={state.keeping === 'saved'}
          besides={besides}
          onClose={() => setAsked(null)}
          onFaults={(faults) => setFaulty(new Set(faults.map(({ markId }) => markId)))}
          onShow={(markId) => {
            setAsked(null);
            setFaulty((marks) => new Set([...marks, markId]));
            if (editor && isShapeId(markId)) showMark(editor, markId);
          }}
          onDone={() => router.push(finishedHref(schemeId))}
        />
      )}
      {asked === 'rename' && (
        <RenameDialog
          schemeId={schemeId}
          title={named}
          usual={usual}
          onClose={() => setAsked(null)}
          onDone={(title) => {
            setNamed(title);
            setAsked(null);
          }}
        />
      )}
      {asked === 'discard' && (
        <DiscardDialog
          schemeId={schemeId}
          isCorrection={scheme.revision > 0}
          onClose={() => setAsked(null)}
          onDone={() => router.push(cardHref)}
        />
      )}
    </>
  );
}

function showMark(editor: Editor, id: TLShapeId): void {
  const bounds = editor.getShapePageBounds(id);
  if (!bounds) return;
  editor.setCurrentTool('select');
  editor.select(id);
  editor.zoomToBounds(bounds.clone().expandBy(120), { animation: { duration: 180 } });
}
