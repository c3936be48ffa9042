import {
  changePasswordInput,
  chooseLanguageInput,
  correctEmailInput,
  proveEmailInput,
  registerInput,
  updateAccountInput,
} from '../../domain/account.ts';
import {
  changePassword,
  chooseLanguage,
  readOwnAccount,
  updateAccount,
} from '../../server/access/account.ts';
import { makePuzzle } from '../../server/access/captcha.ts';
import { correctEmail, proveEmail, register, resendCode } from '../../server/access/register.ts';
import { countedAsSent, countedByAddress, countedBySession, puzzled } from '../counted.ts';
import {
  clientProcedure,
  openProcedure,
  router,
  signedInProcedure,
  unwrap,
  withSessionCookie,
} from '../trpc.ts';
import { originOf, ownSecurity, settingsOf, signedOf } from './own-security.ts';

export const accountRouter = router({
  ...ownSecurity,
  /** For whoever was refused with `captcha_needed`: what a page solves and sends along with the same again. */
  puzzle: openProcedure('account.enter').query(({ ctx }) => makePuzzle(ctx.env.MASTER_KEY, ctx.deps.now())),
  /** Opens an account and signs this browser in. The answer is the same for every address. */
  register: openProcedure('account.enter')
    .use(withSessionCookie)
    .input(puzzled)
    .input(registerInput)
    .use(countedByAddress('register'))
    .mutation(async ({ ctx, input }) => {
      ctx.setCookies(unwrap(await register(ctx.deps, ctx.actor, originOf(ctx), input)));
      return null;
    }),
  proveEmail: clientProcedure('client.prove_contact')
    .use(withSessionCookie)
    .input(proveEmailInput)
    .use(countedBySession('prove_code'))
    .mutation(async ({ ctx, input }) => {
      const proven = unwrap(await proveEmail(ctx.deps, ctx.actor, signedOf(ctx), originOf(ctx), input));
      ctx.setCookies(proven);
      return { outcome: proven.outcome };
    }),
  resendCode: clientProcedure('client.prove_contact')
    .use(countedAsSent)
    .mutation(async ({ ctx }) => unwrap(await resendCode(ctx.deps, ctx.actor, ctx.session.accountId))),
  correctEmail: clientProcedure('client.prove_contact')
    .input(correctEmailInput)
    .use(countedAsSent)
    .mutation(async ({ ctx, input }) =>
      unwrap(await correctEmail(ctx.deps, ctx.actor, ctx.session.accountId, input.email)),
    ),
  me: signedInProcedure('account.view_own').query(({ ctx }) =>
    readOwnAccount(ctx.deps.db, ctx.actor, ctx.session.accountId, ctx.deps.now()),
  ),
  update: signedInProcedure('account.edit_own')
    .input(updateAccountInput)
    .mutation(async ({ ctx, input }) =>
      unwrap(await updateAccount(ctx.deps, ctx.actor, ctx.session.accountId, input)),
    ),
  chooseLanguage: openProcedure('account.choose_language')
    .input(chooseLanguageInput)
    .mutation(async ({ ctx, input }) =>
      unwrap(await chooseLanguage(ctx.deps, ctx.actor, ctx.session?.accountId ?? null, input.locale)),
    ),
  changePassword: signedInProcedure('account.edit_own')
    .input(changePasswordInput)
    .mutation(async ({ ctx, input }) =>
      unwrap(await changePassword(ctx.deps, ctx.actor, signedOf(ctx), settingsOf(ctx), originOf(ctx), input)),
    ),
});
