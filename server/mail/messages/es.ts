import type { MailMessages } from './en.ts'

export const es: MailMessages = {
  footer: 'Recibe este mensaje porque se indicó su dirección a {brand}.',
  signupResume: {
    subject: 'Continúe su registro en {brand}',
    preheader: 'Hemos guardado sus elecciones. Siga donde lo dejó.',
    heading: 'Siga donde lo dejó',
    body: 'Hemos guardado sus elecciones. Con este enlace puede continuar el registro en cualquier dispositivo.',
    validity: 'El enlace funciona hasta el {until}.',
    button: 'Continuar el registro',
    ignore: 'Si no lo ha pedido, no haga nada: no se ha contratado ni cobrado nada.',
  },
  notices: {
    settings: 'Puede desactivar los correos de este tipo en el portal, en Ajustes, Notificaciones.',
    more: '{n} más',
    none: 'no incluido',
    unlimited: 'sin límite',
    labels: {
      file: 'Archivo',
      extensions: 'Extensiones añadidas',
      lines: 'Líneas',
      reason: 'Motivo',
      product: 'Producto',
      before: 'Antes',
      after: 'Ahora',
    },
    said: {
      bulk_applied: {
        heading: 'Una carga ha terminado',
        body: 'Ya están las extensiones de una lista cargada de {company}.',
      },
      approved: {
        heading: 'Se han aprobado líneas',
        body: '{brand} ha aprobado lo que añadió {company}. Desde ahora funciona.',
      },
      rejected: {
        heading: 'No se han aprobado líneas',
        body: '{brand} no ha aprobado lo que añadió {company}. No se cobra nada por ello.',
      },
      blocked: {
        heading: 'Se han bloqueado líneas',
        body: '{brand} ha bloqueado líneas de {company}.',
      },
      planned: {
        heading: 'Se van a bloquear líneas',
        body: '{brand} ha programado un bloqueo de líneas de {company}.',
      },
      unblocked: {
        heading: 'Se han desbloqueado líneas',
        body: '{brand} ha levantado un bloqueo de líneas de {company}.',
      },
      cancelled: {
        heading: 'Se ha cancelado un bloqueo programado',
        body: '{brand} no bloqueará estas líneas de {company}.',
      },
      item_set: {
        heading: 'Su contrato ha cambiado',
        body: '{brand} ha cambiado lo que puede tener {company}, y cuánto.',
      },
      item_removed: {
        heading: 'Su contrato ha cambiado',
        body: '{brand} ha quitado un producto del contrato con {company}.',
      },
    },
  },
  invitation: {
    subject: '{by} le invita a {company} en {brand}',
    preheader: 'Elija una contraseña y gestione los teléfonos de {company}.',
    heading: 'Bienvenido, {name}',
    body: '{by} le pide que se una a {company} en el portal de {brand}. Elija su propia contraseña y ya podrá entrar.',
    validity: 'El enlace funciona una sola vez, hasta el {until}.',
    login: 'Su usuario',
    button: 'Elegir contraseña',
    ignore: 'Si no sabe nada de esto, no haga nada: sin contraseña nadie puede usar este acceso.',
  },
  welcome: {
    subject: 'Le damos la bienvenida a {brand}: su número es {number}',
    preheader: 'Su línea está lista.',
    heading: 'Le damos la bienvenida, {name}',
    body: 'Su línea está lista. Guarde este mensaje: dice lo que necesita para volver a encontrar su cuenta.',
    number: 'Número de teléfono',
    account: 'ID de la cuenta',
    login: 'Usuario del portal',
    button: 'Abrir el portal',
    secrets:
      'Por su seguridad, nunca enviamos contraseñas por correo. Vio la suya al registrarse; en su primera visita elegirá una nueva.',
  },
  passwordChanged: {
    subject: 'Se ha cambiado su contraseña en {brand}',
    preheader: 'Si ha sido usted, todo está en orden.',
    heading: 'Se ha cambiado su contraseña',
    body: '{name}: la contraseña del usuario {login} se cambió el {when}.',
    sessions: 'Se ha cerrado la sesión de todos los demás que usaban este usuario.',
    button: 'Abrir el portal',
    notYou: 'Si no ha sido usted, ponga una contraseña nueva cuanto antes y avise a su proveedor.',
  },
}
