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
  bills: {
    settings: 'Puede desactivar los correos de este tipo en el portal, en Ajustes, Notificaciones.',
    button: 'Abrir facturación',
    labels: {
      invoice: 'Factura',
      amount: 'Importe',
      due: 'Vencimiento',
      card: 'Tarjeta',
      paidOn: 'Pagada el',
      nextTry: 'Próximo intento',
      suspends: 'Corte del servicio el',
      expires: 'Válida hasta',
      balance: 'Pendiente',
      limit: 'Límite de crédito',
    },
    said: {
      invoice_issued: {
        heading: 'Su factura {number}: {amount}',
        body: 'Adjuntamos la factura de {company}. Pague {charged} antes del {due}.',
      },
      invoice_issued_card: {
        heading: 'Su factura {number}: {amount}',
        body: 'Adjuntamos la factura de {company}. No tiene que hacer nada: se cargarán {charged} en {card} el {due}.',
      },
      invoice_issued_along: {
        heading: 'Su factura {number}: {amount}',
        body: 'Adjuntamos la factura de {company}. No tiene que hacer nada: se cargarán {charged} en {card} el {due}, de ellos {along} pendientes de facturas anteriores.',
      },
      invoice_issued_little: {
        heading: 'Su factura {number}: {amount}',
        body: 'Adjuntamos la factura de {company}. {charged} es muy poco para una tarjeta: si no se puede cobrar en {card} el {due}, se cobrará junto con su próxima factura. No tiene que hacer nada y ningún servicio se detiene por ello.',
      },
      invoice_issued_nothing: {
        heading: 'Su factura {number}: nada que pagar',
        body: 'Adjuntamos la factura de {company}. No hay nada que pagar.',
      },
      invoice_paid: {
        heading: 'Pagada, gracias: factura {number}',
        body: '{brand} ha recibido {amount} de {company}. La factura {number} está pagada.',
      },
      payment_failed: {
        heading: 'No se pudo cobrar la factura {number}',
        body: 'La tarjeta {card} de {company} no fue aceptada para {amount}. Se intentará de nuevo el {nextTry}; antes puede usar otra tarjeta.',
      },
      payment_failed_last: {
        heading: 'No se pudo cobrar la factura {number}',
        body: 'La tarjeta {card} de {company} no fue aceptada para {amount} y no se volverá a intentar. Pague en el portal, con otra tarjeta si hace falta.',
      },
      payment_failed_asked: {
        heading: 'La factura {number} le espera: el banco quiere preguntarle',
        body: 'Antes de pagar {amount} de {company}, el banco de {card} quiere la confirmación de su titular, y eso no puede hacerse de forma automática. Pague la factura {number} a mano en el portal y responda allí al banco.',
      },
      invoice_overdue: {
        heading: 'La factura {number} está vencida',
        body: '{amount} de {company} vencieron el {due}. Pague ahora, por favor.',
      },
      invoice_overdue_last: {
        heading: 'La factura {number} está vencida',
        body: '{amount} de {company} vencieron el {due}. Sin un pago, el servicio se corta el {suspends}.',
      },
      service_suspended: {
        heading: 'El servicio está suspendido',
        body: 'El servicio de {company} se ha cortado porque hay {amount} vencidos. Vuelve en cuanto se paguen.',
      },
      service_restored: {
        heading: 'El servicio ha vuelto',
        body: 'Gracias. El servicio de {company} funciona de nuevo, como antes.',
      },
      card_expiring: {
        heading: 'Su tarjeta está a punto de caducar',
        body: 'La tarjeta {card}, con la que paga {company}, es válida hasta {expires}. Indique una nueva en el portal para que los pagos sigan.',
      },
      balance_warning: {
        heading: 'Está cerca de su límite de crédito',
        body: '{company} debe {amount} de los {limit} que puede deber. Al llegar al límite, el servicio puede cortarse.',
      },
      credit_limit_reached: {
        heading: 'Ha alcanzado su límite de crédito',
        body: '{company} debe {amount} y puede deber {limit}. Pague, por favor, para que el servicio siga.',
      },
    },
  },
  billingParked: {
    subject: '{company} queda fuera de la facturación',
    preheader: 'Su factura del {day} no se emitió.',
    heading: '{company} queda fuera de la facturación',
    body: 'La factura del {day} no puede ser correcta, así que no se emitió y no se cobró nada. El cliente queda fuera de la facturación hasta que alguien lo revise.',
    button: 'Ver el cliente',
    closing: 'En la administración, Facturación dice qué falla y qué hacer.',
    labels: { customer: 'Cliente', day: 'Factura del', why: 'Por qué' },
    reasons: {
      wrong_currency: 'Una suscripción tiene precio en otra moneda que la del cliente',
      too_many_charges: 'Una suscripción se cobraría demasiadas veces a la vez',
      charge_too_high: 'Un cobro sería más de cinco veces su cuota',
      failed: 'No se pudo escribir la factura',
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
