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
import { correctEmail, proveEmail, register, resendCode } from '../../server/access/register.ts';
import {
  clientProcedure,
  openProcedure,
  router,
  signedInProcedure,
  unwrap,
  withSessionCookie,
} from '../trpc.ts';

const originOf = ({ userAgent, ipAddress }: { userAgent: string | null; ipAddress: string | null }) => ({
  userAgent,
  ipAddress,
});
const signedOf = ({ session }: { session: { id: string; accountId: string } }) => ({
  accountId: session.accountId,
  sessionId: session.id,
});

export const accountRouter = router({
  /** Opens an account and signs this browser in. The answer is the same for every address. */
  register: openProcedure('account.enter')
    .use(withSessionCookie)
    .input(registerInput)
    .mutation(async ({ ctx, input }) => {
      const { token } = unwrap(await register(ctx.deps, ctx.actor, originOf(ctx), input));
      ctx.setSessionCookie(token);
      return null;
    }),
  proveEmail: clientProcedure('client.prove_contact')
    .use(withSessionCookie)
    .input(proveEmailInput)
    .mutation(async ({ ctx, input }) => {
      const proven = unwrap(await proveEmail(ctx.deps, ctx.actor, signedOf(ctx), originOf(ctx), input));
      ctx.setSessionCookie(proven.token);
      return { outcome: proven.outcome };
    }),
  resendCode: clientProcedure('client.prove_contact').mutation(async ({ ctx }) =>
    unwrap(await resendCode(ctx.deps, ctx.actor, ctx.session.accountId)),
  ),
  correctEmail: clientProcedure('client.prove_contact')
    .input(correctEmailInput)
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
      unwrap(await changePassword(ctx.deps, ctx.actor, signedOf(ctx), input)),
    ),
});
