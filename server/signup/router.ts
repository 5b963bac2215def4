import { openProcedure, router } from '#server/trpc/init.ts'
import {
  zChooseDevice,
  zChoosePlan,
  zContinue,
  zFindNumbers,
  zHoldNumber,
  zPromo,
  zResume,
  zSaveAddress,
  zSite,
  zSiteRef,
  zSubmit,
  zVersioned,
} from './schema.ts'
import * as abuse from './service.abuse.ts'
import * as checkout from './service.checkout.ts'
import * as confirmation from './service.confirmation.ts'
import * as phone from './service.phone.ts'
import * as resuming from './service.resume.ts'
import * as signup from './service.ts'

const open = openProcedure

export const signupRouter = router({
  site: open.input(zSite).query(({ ctx, input }) => signup.site(ctx, input)),
  draft: open.input(zSiteRef).query(({ ctx, input }) => signup.draft(ctx, input)),
  choosePlan: open.input(zChoosePlan).mutation(({ ctx, input }) => signup.choosePlan(ctx, input)),
  saveAddress: open
    .input(zSaveAddress)
    .mutation(({ ctx, input }) => signup.saveAddress(ctx, input)),
  findNumbers: open.input(zFindNumbers).query(({ ctx, input }) => phone.findNumbers(ctx, input)),
  holdNumber: open.input(zHoldNumber).mutation(({ ctx, input }) => phone.holdNumber(ctx, input)),
  chooseDevice: open
    .input(zChooseDevice)
    .mutation(({ ctx, input }) => signup.chooseDevice(ctx, input)),
  applyPromo: open.input(zPromo).mutation(({ ctx, input }) => signup.applyPromo(ctx, input)),
  removePromo: open.input(zVersioned).mutation(({ ctx, input }) => signup.removePromo(ctx, input)),
  reachPayment: open.input(zSiteRef).mutation(({ ctx, input }) => phone.reachPayment(ctx, input)),
  mailResume: open.input(zSiteRef).mutation(({ ctx, input }) => resuming.mailResume(ctx, input)),
  resume: open.input(zResume).mutation(({ ctx, input }) => resuming.resume(ctx, input)),
  startOver: open.input(zSiteRef).mutation(({ ctx, input }) => signup.startOver(ctx, input)),
  proof: open.input(zSiteRef).query(({ ctx, input }) => abuse.proof(ctx, input)),
  submit: open.input(zSubmit).mutation(({ ctx, input }) => checkout.submit(ctx, input)),
  order: open.input(zSiteRef).query(({ ctx, input }) => checkout.order(ctx, input)),
  continueAfterChallenge: open
    .input(zContinue)
    .mutation(({ ctx, input }) => checkout.continueAfterChallenge(ctx, input)),
  confirmation: open
    .input(zSiteRef)
    .query(({ ctx, input }) => confirmation.confirmation(ctx, input)),
  reveal: open.input(zSiteRef).mutation(({ ctx, input }) => confirmation.reveal(ctx, input)),
  configLink: open
    .input(zSiteRef)
    .mutation(({ ctx, input }) => confirmation.configLink(ctx, input)),
  openSelfcare: open
    .input(zSiteRef)
    .mutation(({ ctx, input }) => confirmation.openSelfcare(ctx, input)),
})
