import { type Column, columns } from '#server/bulk/schema.ts'

/** What each column may be called: our template's words, and those of our languages. */
const words: Readonly<Record<Column, readonly string[]>> = {
  extension: [
    'Extension number',
    'Extension',
    'Ext',
    'Extension No',
    'Número de extensión',
    'Extensión',
    'Anexo',
    'Interno',
    'Nebenstellennummer',
    'Nebenstelle',
    'Durchwahl',
    'Numéro de poste',
    'Poste',
    'Numéro d’extension',
    'Внутрішній номер',
    'Додатковий номер',
    'رقم التحويلة',
    'التحويلة',
  ],
  name: ['Name', 'Full name', 'Nombre', 'Nom', 'Ім’я', 'Имя', 'الاسم'],
  numbers: [
    'DID numbers',
    'DID number',
    'DIDs',
    'DID',
    'Phone numbers',
    'Números DID',
    'Números de teléfono',
    'DID-Nummern',
    'Rufnummern',
    'Numéros DID',
    'Numéros de téléphone',
    'Номери DID',
    'Номери телефону',
    'أرقام DID',
  ],
  published: [
    'Published',
    'Publicado',
    'Publicada',
    'Veröffentlicht',
    'Publié',
    'Publiée',
    'Опубліковано',
    'منشور',
  ],
  email: [
    'Email for notifications',
    'E-mail for notifications',
    'Email',
    'E-mail',
    'Correo para notificaciones',
    'Correo electrónico',
    'Correo',
    'Email para notificaciones',
    'E-Mail für Benachrichtigungen',
    'E-Mail-Adresse',
    'E-mail pour les notifications',
    'Courriel',
    'Adresse e-mail',
    'Email для сповіщень',
    'Ел. пошта',
    'البريد الإلكتروني للإشعارات',
    'البريد الإلكتروني',
  ],
  timezone: [
    'Timezone',
    'Time zone',
    'Zona horaria',
    'Huso horario',
    'Zeitzone',
    'Fuseau horaire',
    'Часовий пояс',
    'المنطقة الزمنية',
  ],
  product: ['Product', 'Producto', 'Produkt', 'Produit', 'Продукт', 'المنتج'],
  huntgroup: [
    'Huntgroup',
    'Hunt group',
    'Hunt groups',
    'Huntgroups',
    'Grupo de búsqueda',
    'Grupo de llamadas',
    'Grupos de búsqueda',
    'Sammelanschluss',
    'Rufgruppe',
    'Groupe de recherche',
    'Groupe d’appel',
    'Група пошуку',
    'Група виклику',
    'مجموعة الرنين',
  ],
}

/** Of an error file: what is said there is for people, and not read back. */
export const notes = ['What to do', 'Qué hacer'] as const

/** Without case, accents, stars of mandatory columns, and whatever else people vary. */
const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/\([^)]*\)/g, '')
    .replace(/[^\p{L}\p{N}]/gu, '')

const known = new Map<string, Column | 'note'>([
  ...columns.flatMap((column) => words[column].map((word) => [plain(word), column] as const)),
  ...notes.map((note) => [plain(note), 'note'] as const),
])

/** The column a heading names, in any language and writing; undefined for what isn't one of ours. */
export const columnOf = (heading: string): Column | 'note' | undefined => known.get(plain(heading))

/** Headings of the template, which is what an export and an error file have, too. */
export const templateHeadings: Readonly<Record<Column, string>> = {
  extension: 'Extension number',
  name: 'Name',
  numbers: 'DID numbers',
  published: 'Published',
  email: 'Email for notifications',
  timezone: 'Timezone',
  product: 'Product',
  huntgroup: 'Huntgroup',
}
