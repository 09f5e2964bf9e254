/** What every bot can say by itself. `{…}` stands for what it is about. */
export interface BotTexts {
  readonly usage: string;
  readonly missing: string;
  readonly notNumber: string;
  readonly notChoice: string;
  readonly tooMany: string;
  readonly unknownCommand: string;
  readonly help: string;
  readonly helpHelp: string;
  readonly fallback: string;
  readonly offerPeople: string;
  readonly people: string;
  readonly handedOff: string;
  readonly left: string;
  readonly noneHere: string;
  readonly changed: string;
  readonly goOn: string;
  readonly first: string;
  readonly stopped: string;
  readonly failed: string;
  readonly wrongText: string;
  readonly wrongNumber: string;
  readonly wrongEmail: string;
  readonly wrongTel: string;
  readonly wrongDate: string;
  readonly wrongChoice: string;
  readonly wrongForm: string;
  readonly wrongFile: string;
  /** Words that lead a dialogue, each between bars: `back|previous`. */
  readonly back: string;
  readonly restart: string;
  readonly stop: string;
  readonly askPeople: string;
}

const en: BotTexts = {
  usage: 'It is written like this: {usage}',
  missing: '{name} is missing.',
  notNumber: '{name} has to be a number.',
  notChoice: '{name} has to be one of: {choices}.',
  tooMany: 'That is more than it takes.',
  unknownCommand: 'I do not know /{name}. /help shows what I know.',
  help: 'You can write to me, or use these commands:',
  helpHelp: 'shows this list',
  fallback: 'I did not understand that.',
  offerPeople: 'I still do not understand. Shall a person take over?',
  people: 'Yes, a person please',
  handedOff: 'A person takes over from here.',
  left: 'I have passed your message on. The answer comes here.',
  noneHere: 'I cannot bring anybody into this conversation. Please write to support.',
  changed: 'Something has changed here since we spoke. Let us begin anew.',
  goOn: 'That was an earlier question. Let us go on here:',
  first: 'This is the first question.',
  stopped: 'All right, we stop here.',
  failed: 'That did not work. Please try again later.',
  wrongText: 'I need a text for that, of {min} to {max} characters.',
  wrongNumber: 'I need a number for that.',
  wrongEmail: 'I need an e-mail address, like name@example.com.',
  wrongTel: 'I need a telephone number.',
  wrongDate: 'I need a date, like 2026-12-31.',
  wrongChoice: 'Please choose one of these.',
  wrongForm: '{field} is not right yet.',
  wrongFile: 'I need a file for that.',
  back: 'back',
  restart: 'restart|start over',
  stop: 'stop|cancel',
  askPeople: 'human|person|agent|talk to a person',
};

const de: BotTexts = {
  usage: 'So wird es geschrieben: {usage}',
  missing: '{name} fehlt.',
  notNumber: '{name} muss eine Zahl sein.',
  notChoice: '{name} muss eines davon sein: {choices}.',
  tooMany: 'Das ist mehr, als dazugehört.',
  unknownCommand: '/{name} kenne ich nicht. /help zeigt, was ich kenne.',
  help: 'Schreiben Sie mir, oder nutzen Sie diese Befehle:',
  helpHelp: 'zeigt diese Liste',
  fallback: 'Das habe ich nicht verstanden.',
  offerPeople: 'Ich verstehe es noch nicht. Soll ein Mensch übernehmen?',
  people: 'Ja, bitte ein Mensch',
  handedOff: 'Ab hier übernimmt ein Mensch.',
  left: 'Ich habe Ihre Nachricht weitergegeben. Die Antwort kommt hierher.',
  noneHere: 'In dieses Gespräch kann ich niemanden holen. Bitte schreiben Sie dem Support.',
  changed: 'Hier hat sich seither etwas geändert. Fangen wir neu an.',
  goOn: 'Das war eine frühere Frage. Hier geht es weiter:',
  first: 'Das ist die erste Frage.',
  stopped: 'Gut, wir hören hier auf.',
  failed: 'Das hat nicht geklappt. Bitte versuchen Sie es später noch einmal.',
  wrongText: 'Dafür brauche ich einen Text von {min} bis {max} Zeichen.',
  wrongNumber: 'Dafür brauche ich eine Zahl.',
  wrongEmail: 'Ich brauche eine E-Mail-Adresse, wie name@example.com.',
  wrongTel: 'Ich brauche eine Telefonnummer.',
  wrongDate: 'Ich brauche ein Datum, wie 2026-12-31.',
  wrongChoice: 'Bitte wählen Sie eines davon.',
  wrongForm: '{field} stimmt noch nicht.',
  wrongFile: 'Dafür brauche ich eine Datei.',
  back: 'zurück',
  restart: 'neustart|von vorn',
  stop: 'stopp|abbrechen',
  askPeople: 'mensch|mitarbeiter|mit einem menschen sprechen',
};

const fr: BotTexts = {
  usage: 'Cela s’écrit ainsi : {usage}',
  missing: '{name} manque.',
  notNumber: '{name} doit être un nombre.',
  notChoice: '{name} doit être l’un de ceux-ci : {choices}.',
  tooMany: 'C’est plus qu’il n’en faut.',
  unknownCommand: 'Je ne connais pas /{name}. /help montre ce que je connais.',
  help: 'Écrivez-moi, ou utilisez ces commandes :',
  helpHelp: 'montre cette liste',
  fallback: 'Je n’ai pas compris.',
  offerPeople: 'Je ne comprends toujours pas. Une personne doit-elle prendre le relais ?',
  people: 'Oui, une personne',
  handedOff: 'Une personne prend le relais.',
  left: 'J’ai transmis votre message. La réponse viendra ici.',
  noneHere: 'Je ne peux faire venir personne dans cette conversation. Écrivez au support.',
  changed: 'Quelque chose a changé ici depuis. Recommençons.',
  goOn: 'C’était une question précédente. Continuons ici :',
  first: 'C’est la première question.',
  stopped: 'Bien, nous nous arrêtons ici.',
  failed: 'Cela n’a pas marché. Réessayez plus tard.',
  wrongText: 'Il me faut un texte de {min} à {max} caractères.',
  wrongNumber: 'Il me faut un nombre.',
  wrongEmail: 'Il me faut une adresse e-mail, comme name@example.com.',
  wrongTel: 'Il me faut un numéro de téléphone.',
  wrongDate: 'Il me faut une date, comme 2026-12-31.',
  wrongChoice: 'Choisissez l’un de ceux-ci.',
  wrongForm: '{field} n’est pas encore juste.',
  wrongFile: 'Il me faut un fichier.',
  back: 'retour',
  restart: 'recommencer',
  stop: 'arrêter|annuler',
  askPeople: 'humain|personne|parler à une personne',
};

const es: BotTexts = {
  usage: 'Se escribe así: {usage}',
  missing: 'Falta {name}.',
  notNumber: '{name} tiene que ser un número.',
  notChoice: '{name} tiene que ser uno de estos: {choices}.',
  tooMany: 'Es más de lo que hace falta.',
  unknownCommand: 'No conozco /{name}. /help muestra lo que conozco.',
  help: 'Escríbame, o use estos comandos:',
  helpHelp: 'muestra esta lista',
  fallback: 'No lo he entendido.',
  offerPeople: 'Sigo sin entenderlo. ¿Quiere que le atienda una persona?',
  people: 'Sí, una persona',
  handedOff: 'A partir de aquí le atiende una persona.',
  left: 'He pasado su mensaje. La respuesta llegará aquí.',
  noneHere: 'No puedo traer a nadie a esta conversación. Escriba al soporte.',
  changed: 'Algo ha cambiado aquí desde entonces. Empecemos de nuevo.',
  goOn: 'Esa era una pregunta anterior. Sigamos aquí:',
  first: 'Esta es la primera pregunta.',
  stopped: 'Bien, lo dejamos aquí.',
  failed: 'No ha funcionado. Inténtelo más tarde.',
  wrongText: 'Necesito un texto de {min} a {max} caracteres.',
  wrongNumber: 'Necesito un número.',
  wrongEmail: 'Necesito una dirección de correo, como name@example.com.',
  wrongTel: 'Necesito un número de teléfono.',
  wrongDate: 'Necesito una fecha, como 2026-12-31.',
  wrongChoice: 'Elija uno de estos.',
  wrongForm: '{field} aún no está bien.',
  wrongFile: 'Necesito un archivo.',
  back: 'atrás|volver',
  restart: 'reiniciar|empezar de nuevo',
  stop: 'parar|cancelar',
  askPeople: 'humano|persona|hablar con una persona',
};

/** What bots say by themselves, by language. */
export const botTexts: Readonly<Record<string, BotTexts>> = { en, de, fr, es };
