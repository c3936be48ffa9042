/** What one's own account is entered by: recovery, second factor, sessions, devices, PIN. Part of the account's router. */
import {
  askResetInput,
  choosePinInput,
  confirmFactorInput,
  deviceRefInput,
  proveInput,
  resetByLinkInput,
  returnByPinInput,
  sessionRefInput,
  switchOffFactorInput,
} from '../../domain/account.ts';
import { readOwnSecurity } from '../../server/access/account.ts';
import {
  beginFactor,
  confirmFactor,
  renewRecoveryCodes,
  switchOffFactor,
} from '../../server/access/factor-setup.ts';
import {
  endOtherSessions,
  endOwnSession,
  forgetOwnDevice,
  listOwnSessions,
  lock,
} from '../../server/access/own-sessions.ts';
import { choosePin, removePin, returnByPin } from '../../server/access/pin.ts';
import { askReset, resetByLink } from '../../server/access/recovery.ts';
import { prove } from '../../server/access/step-up.ts';
import { countedBySession } from '../counted.ts';
import {
  type Context,
  freshlyProven,
  openProcedure,
  signedInProcedure,
  staffProcedure,
  unwrap,
  withSessionCookie,
} from '../trpc.ts';

export const settingsOf = ({ env }: Pick<Context, 'env'>) => ({ masterKey: env.MASTER_KEY });
export const originOf = ({
  userAgent,
  ipAddress,
  deviceToken,
}: Pick<Context, 'userAgent' | 'ipAddress' | 'deviceToken'>) => ({ userAgent, ipAddress, deviceToken });
export const signedOf = ({ session }: { session: { id: string; accountId: string } }) => ({
  accountId: session.accountId,
  sessionId: session.id,
});

const ownProcedure = signedInProcedure('account.edit_own');
const provenProcedure = ownProcedure.use(freshlyProven);

export const ownSecurity = {
  /** Asks for a link to a new password. The answer is the same for every address. */
  askReset: openProcedure('account.enter')
    .input(askResetInput)
    .mutation(async ({ ctx, input }) =>
      unwrap(await askReset(ctx.deps, ctx.actor, settingsOf(ctx), originOf(ctx), input)),
    ),
  /** Chooses a new password by that link. Signs nobody in. */
  resetByLink: openProcedure('account.enter')
    .input(resetByLinkInput)
    .mutation(async ({ ctx, input }) =>
      unwrap(await resetByLink(ctx.deps, ctx.actor, settingsOf(ctx), originOf(ctx), input)),
    ),
  /** Proves afresh who holds this session. */
  prove: ownProcedure
    .input(proveInput)
    .mutation(async ({ ctx, input }) =>
      unwrap(await prove(ctx.deps, ctx.actor, signedOf(ctx), settingsOf(ctx), originOf(ctx), input)),
    ),

  security: signedInProcedure('account.view_own').query(({ ctx }) =>
    readOwnSecurity(ctx.deps, ctx.actor, ctx.session.accountId),
  ),
  beginFactor: provenProcedure.mutation(async ({ ctx }) =>
    unwrap(await beginFactor(ctx.deps, ctx.actor, signedOf(ctx), settingsOf(ctx))),
  ),
  confirmFactor: provenProcedure
    .input(confirmFactorInput)
    .mutation(async ({ ctx, input }) =>
      unwrap(await confirmFactor(ctx.deps, ctx.actor, signedOf(ctx), settingsOf(ctx), input.code)),
    ),
  renewRecoveryCodes: provenProcedure.mutation(async ({ ctx }) =>
    unwrap(await renewRecoveryCodes(ctx.deps, ctx.actor, signedOf(ctx), settingsOf(ctx))),
  ),
  switchOffFactor: provenProcedure
    .input(switchOffFactorInput)
    .use(countedBySession('step_up'))
    .mutation(async ({ ctx, input }) =>
      unwrap(await switchOffFactor(ctx.deps, ctx.actor, signedOf(ctx), input.password)),
    ),

  sessions: signedInProcedure('account.view_own').query(({ ctx }) =>
    listOwnSessions(ctx.deps, ctx.actor, signedOf(ctx)),
  ),
  endSession: ownProcedure
    .input(sessionRefInput)
    .mutation(async ({ ctx, input }) =>
      unwrap(await endOwnSession(ctx.deps, ctx.actor, signedOf(ctx), input.sessionId)),
    ),
  endOtherSessions: provenProcedure.mutation(async ({ ctx }) =>
    unwrap(await endOtherSessions(ctx.deps, ctx.actor, signedOf(ctx))),
  ),
  forgetDevice: ownProcedure
    .input(deviceRefInput)
    .mutation(async ({ ctx, input }) =>
      unwrap(await forgetOwnDevice(ctx.deps, ctx.actor, signedOf(ctx), input.deviceId)),
    ),

  choosePin: staffProcedure('account.edit_own')
    .use(freshlyProven)
    .input(choosePinInput)
    .mutation(async ({ ctx, input }) =>
      unwrap(await choosePin(ctx.deps, ctx.actor, signedOf(ctx), settingsOf(ctx), input.pin)),
    ),
  removePin: staffProcedure('account.edit_own').mutation(async ({ ctx }) =>
    unwrap(await removePin(ctx.deps, ctx.actor, signedOf(ctx))),
  ),
  /** Leaves this browser for a moment: a PIN returns. */
  lock: ownProcedure.mutation(async ({ ctx }) => unwrap(await lock(ctx.deps, ctx.actor, signedOf(ctx)))),
  returnByPin: openProcedure('account.enter')
    .use(withSessionCookie)
    .input(returnByPinInput)
    .mutation(async ({ ctx, input }) => {
      const asked = { ...input, deviceToken: ctx.deviceToken };
      const { token } = unwrap(await returnByPin(ctx.deps, ctx.actor, settingsOf(ctx), originOf(ctx), asked));
      ctx.setSessionCookie(token);
      return null;
    }),
};
