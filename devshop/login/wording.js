const EN = {
  lang: "en",
  title: "Sign in",
  lead: "Enter your email and we’ll send you a verification code",
  email: "Email",
  continue: "Continue",
  unknownEmail: "No customer of this shop has that email address.",
  invalidEmail: "Enter a valid email address.",
  codeTitle: "Enter code",
  codeLead: "Sent to",
  code: "6-digit code",
  submit: "Submit",
  wrongCode: "That code is not right. Check the mail and try again.",
  voidCode: "That code is no longer valid. Enter your email to get a new one.",
  otherEmail: "Use a different email",
  cancel: "Return to store",
  mailbox: "Your mailbox",
  mailSubject: (code) => `${code} is your verification code`,
  customers: "This shop runs on your own machine. Its customers:",
  refused: "This sign-in cannot go on",
};

const FR = {
  lang: "fr",
  title: "Se connecter",
  lead: "Saisissez votre adresse e-mail pour recevoir un code de vérification",
  email: "E-mail",
  continue: "Continuer",
  unknownEmail: "Aucun client de cette boutique n’utilise cette adresse e-mail.",
  invalidEmail: "Saisissez une adresse e-mail valide.",
  codeTitle: "Saisissez le code",
  codeLead: "Envoyé à",
  code: "Code à 6 chiffres",
  submit: "Envoyer",
  wrongCode: "Ce code n’est pas le bon. Vérifiez le message et réessayez.",
  voidCode: "Ce code n’est plus valable. Saisissez votre e-mail pour en recevoir un nouveau.",
  otherEmail: "Utiliser une autre adresse e-mail",
  cancel: "Retourner à la boutique",
  mailbox: "Votre messagerie",
  mailSubject: (code) => `${code} est votre code de vérification`,
  customers: "Cette boutique tourne sur votre machine. Ses clients :",
  refused: "Cette connexion ne peut pas continuer",
};

const LANGUAGES = { en: EN, fr: FR };

/**
 * The words of the first wanted language that the sign-in page speaks; `lang` keeps the region that was asked for.
 *
 * @param {(string | undefined)[]} wanted language tags, best first, each maybe several separated by spaces or commas
 */
export function wordingFor(wanted) {
  const tags = wanted.filter(Boolean).flatMap((text) => text.split(/[\s,]+/)).map((tag) => tag.split(";")[0]);
  for (const tag of tags) {
    const words = LANGUAGES[tag.toLowerCase().split("-")[0]];
    if (words) return { ...words, lang: /^[a-z]{2}(-[a-z]{2})?$/i.test(tag) ? tag : words.lang };
  }
  return EN;
}
