import type { TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import type { AppRouter } from '../../api/root.ts';
import { askForProof } from './proof.ts';
import { refusalOf } from './refusal.ts';

/**
 * What is refused with `proof_needed` waits until it is proven who sends it, and is then sent again as it was: no form has to know
 * which commands want that. Where the proof is left, the refusal stands.
 */
export const provingLink: TRPCLink<AppRouter> =
  () =>
  ({ next, op }) =>
    op.type === 'subscription'
      ? next(op)
      : observable((observer) => {
          let isOver = false;
          let sent: { unsubscribe: () => void } | undefined;
          const send = (mayAsk: boolean) => {
            sent = next(op).subscribe({
              next: (answer) => observer.next(answer),
              complete: () => observer.complete(),
              error(error) {
                if (!mayAsk || refusalOf(error)?.code !== 'proof_needed') return observer.error(error);
                void askForProof().then((isProven) => {
                  if (isOver) return;
                  if (isProven) send(false);
                  else observer.error(error);
                });
              },
            });
          };
          send(true);
          return () => {
            isOver = true;
            sent?.unsubscribe();
          };
        });
