import type { Asking } from './asking.ts';

const FILL =
  '(?:(?:un|una|uno|el|la|los|las|algun|alguna|otro|otra|vuestro|su|sus|tu|de|del|ser|equipo|servicio|departamento|verdadero|verdadera) ){0,5}';
const ANYBODY =
  '(?:personas?|humanos?|humanas?|alguien|agentes?|asesor|asesora|asesores|representantes?|operador|operadora|operadores|encargado|encargada|gerente|supervisor|supervisora|responsable|ejecutivo|ejecutiva|empleado|empleada|companero|companera|soporte|atencion al cliente|servicio al cliente|equipo)';
const PERSON =
  '(?:persona|humano|humana|agente|asesor|asesora|representante|operador|operadora|encargado|encargada|gerente|supervisor|supervisora|ejecutivo|ejecutiva)';
const END = '(?:$|por favor|ya|ahora|real|de verdad|humano|humana|que me|para que me|y no)';
const PASS =
  '(?:pasa|pase|pasen|pasar|pasas|pon|pone|pones|ponga|pongan|poner|comunica|comunique|comuniquen|comunicar|conecta|conecte|conectar|transfiere|transfiera|transferir|deriva|derive|derivar)';

export const SPANISH: Asking = {
  patterns: [
    new RegExp(
      ` (?:hablar|hablarle|charlar|chatear|conversar|platicar|comunicarme|comunicarnos|contactar|contactarme) (?:directamente )?(?:con|a) ${FILL}${ANYBODY} `,
    ),
    new RegExp(` ${PASS}(?:me|nos) (?:con|a) ${FILL}${ANYBODY} `),
    new RegExp(` (?:me|nos) (?:(?:puede|puedes|pueden|podria|podrias|podrian) )?${PASS} (?:con|a) ${FILL}${ANYBODY} `),
    new RegExp(
      ` (?:quiero|queremos|quisiera|querria|necesito|deseo|prefiero|solicito|dame|deme|busco) (?:a )?${FILL}${PERSON} ${END}`,
    ),
    new RegExp(
      ` (?:atienda|atiende|atender|atenderme|ayudarme|llame|llamarme|conteste|contestarme|responda|responderme|contacte) ${FILL}(?:persona|humano|humana|alguien|agente|asesor|asesora) `,
    ),
    new RegExp(`^ (?:por favor )?${FILL}${PERSON} (?:(?:real|humano|humana|por|favor|ya|ahora) )*$`),
    / (?:hay|habra|esta|anda) (?:alguien|alguna persona|algun humano|algun agente|una persona|un humano) (?:ahi|aqui|por ahi|disponible|con quien|con el que|que me) /,
    / (?:no quiero|no quiero seguir|deja de|harto de|harta de|cansado de|cansada de) (?:hablar|hablando|chatear) con (?:(?:un|una|este|esta|el|la) )?(?:bot|bots|robot|robots|chatbot|maquina|maquinas|ia|ordenador) /,
  ],
  negation:
    / (?:(?:no|ni|tampoco) (?:me )?(?:quiero|quisiera|necesito|deseo|hace falta|quieren)? ?(?:que )?(?:me )?|sin |en vez de |en lugar de )$/,
};
