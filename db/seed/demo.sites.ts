import {
  promoCodes,
  signupPlanItems,
  signupPlans,
  signupSiteDevices,
  signupSites,
} from '#db/schema/signup.ts'
import type { DemoCatalog, PackageName, PhoneCode, ProductName } from '#db/seed/demo.catalog.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

type Texts = { en: string; es: string }
type Plan = {
  code: string
  name: string
  headline: Texts
  features: { en: string[]; es: string[] }
  product: ProductName
  package?: PackageName
  pbx?: true
  agreement: readonly (readonly [product: ProductName, quantity: number | null])[]
}

const pandaPlans: Plan[] = [
  {
    code: 'easycall',
    name: 'EasyCall',
    headline: { en: 'A phone line for every day', es: 'Una línea para todos los días' },
    features: {
      en: ['Your own phone number', 'Local calls included', 'Voicemail to e-mail'],
      es: ['Su propio número', 'Llamadas locales incluidas', 'Buzón de voz por correo'],
    },
    product: 'EasyCall',
    agreement: [['EasyCall', 1]],
  },
  {
    code: 'supercall',
    name: 'SuperCall',
    headline: { en: 'Talk as long as you like', es: 'Hable todo lo que quiera' },
    features: {
      en: ['Your own phone number', 'Unlimited calls in North America', 'HD voice'],
      es: ['Su propio número', 'Llamadas ilimitadas en Norteamérica', 'Voz en HD'],
    },
    product: 'SuperCall',
    agreement: [['SuperCall', 1]],
  },
  {
    code: 'cloud-pbx',
    name: 'Cloud PBX',
    headline: { en: '$6 each phone line', es: '6 $ por cada línea' },
    features: {
      en: [
        'As many lines as you need',
        'Add and block lines yourself',
        'Auto attendant and call recording',
      ],
      es: [
        'Tantas líneas como necesite',
        'Añada y bloquee líneas usted mismo',
        'Operadora automática y grabación',
      ],
    },
    product: 'Cloud PBX line',
    pbx: true,
    agreement: [
      ['Cloud PBX line', null],
      ['Auto attendant', null],
      ['Call recording', null],
    ],
  },
  {
    code: 'cloud-pbx-10',
    name: 'Cloud PBX 10',
    headline: { en: 'Up to 10 phone lines for $30', es: 'Hasta 10 líneas por 30 $' },
    features: {
      en: ['Up to 10 phone lines', 'One price, however many you use', 'Auto attendant on request'],
      es: ['Hasta 10 líneas', 'Un solo precio, use las que use', 'Operadora automática opcional'],
    },
    product: 'Cloud PBX up to 10 phone lines',
    package: 'Up to 10 Cloud PBX phone lines for $30',
    pbx: true,
    agreement: [
      ['Cloud PBX up to 10 phone lines', 10],
      ['Auto attendant', null],
    ],
  },
]

const bambooPlans: Plan[] = [
  {
    code: 'bamboo-voice',
    name: 'Bamboo Voice',
    headline: { en: 'One line, no surprises', es: 'Una línea, sin sorpresas' },
    features: {
      en: ['Your own phone number', 'Tax included in the price', 'Cancel any month'],
      es: ['Su propio número', 'Impuestos incluidos', 'Cancele cualquier mes'],
    },
    product: 'Bamboo Voice',
    agreement: [['Bamboo Voice', 1]],
  },
  {
    code: 'bamboo-office',
    name: 'Bamboo Office',
    headline: { en: 'A small office, well connected', es: 'Una oficina pequeña, bien conectada' },
    features: {
      en: ['Up to 25 phone lines', 'Extensions in a minute', 'People who answer'],
      es: ['Hasta 25 líneas', 'Extensiones en un minuto', 'Personas que responden'],
    },
    product: 'Bamboo PBX line',
    pbx: true,
    agreement: [['Bamboo PBX line', 25]],
  },
]

async function seedSite(
  { db, env }: Ctx,
  catalog: DemoCatalog,
  site: Omit<typeof signupSites.$inferInsert, 'env'>,
  plans: Plan[],
  phones: PhoneCode[],
): Promise<number> {
  const [row] = await db
    .insert(signupSites)
    .values({ ...site, env })
    .returning({ id: signupSites.id })
  const id = row!.id

  for (const [position, plan] of plans.entries()) {
    const [made] = await db
      .insert(signupPlans)
      .values({
        env,
        site: id,
        position,
        code: plan.code,
        name: plan.name,
        headline: plan.headline,
        features: plan.features,
        kind: plan.pbx ? 'pbx' : 'line',
        product: catalog.product(plan.product),
        subscription: plan.package ? catalog.package(plan.package) : null,
        firstExtension: plan.pbx ? '101' : null,
      })
      .returning({ id: signupPlans.id })
    await db.insert(signupPlanItems).values(
      plan.agreement.map(([product, quantity]) => ({
        env,
        plan: made!.id,
        product: catalog.product(product),
        quantity,
      })),
    )
  }
  await db
    .insert(signupSiteDevices)
    .values(phones.map((code) => ({ env, site: id, deviceModel: catalog.phone(code) })))
  return id
}

/** Two sites that look and sell differently: the provider's, and a reseller's. */
export async function seedSites(ctx: Ctx, catalog: DemoCatalog, reseller: number): Promise<void> {
  const panda = await seedSite(
    ctx,
    catalog,
    {
      slug: 'panda',
      title: 'Panda Telecom',
      tagline: {
        en: 'Your phone, ready in three minutes.',
        es: 'Su teléfono, listo en tres minutos.',
      },
      accent: '#5b4bdb',
      locales: ['en', 'es'],
      termsUrl: 'https://panda.example/terms',
      privacyUrl: 'https://panda.example/privacy',
      supportEmail: 'help@panda.example',
      supportPhone: '16045550100',
      customerClass: catalog.retail,
      numberPool: 'retail',
    },
    pandaPlans,
    ['yealink-t31p', 'yealink-t54w', 'grandstream-grp2612', 'softphone'],
  )
  const bamboo = await seedSite(
    ctx,
    catalog,
    {
      slug: 'bamboo',
      owner: reseller,
      title: 'Bamboo Phone',
      tagline: {
        en: 'Small phone company. Big on service.',
        es: 'Una telefónica pequeña con gran servicio.',
      },
      accent: '#2f7d32',
      locales: ['en', 'es'],
      termsUrl: 'https://bamboo.example/terms',
      privacyUrl: 'https://bamboo.example/privacy',
      supportEmail: 'hello@bamboo.example',
      supportPhone: '16045550177',
      customerClass: catalog.bamboo,
      numberPool: 'retail',
    },
    bambooPlans,
    ['grandstream-gxp2170', 'softphone'],
  )

  await ctx.db.insert(promoCodes).values([
    { env: ctx.env, site: panda, code: 'WELCOME', percent: '100', appliesTo: 'activation' },
    { env: ctx.env, site: panda, code: 'HALF', percent: '50', appliesTo: 'periodic', periods: 1 },
    { env: ctx.env, site: bamboo, code: 'GREEN', percent: '20', appliesTo: 'periodic', periods: 1 },
  ])
}
