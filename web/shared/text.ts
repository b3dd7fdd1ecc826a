// What the islands say, in every language that the site speaks. A key is the English text; {0}, {1} are replaced.

const german = {
  "Star: {0}": "Merken: {0}",
  "Star": "Merken",
  "Starred": "Gemerkt",
  "Nothing starred yet": "Noch nichts gemerkt",
  "Star sessions in the schedule: they are kept on this device and stand here in order of time.":
    "Merken Sie sich Programmpunkte: Sie bleiben auf diesem Gerät und stehen hier in zeitlicher Reihenfolge.",
  "Schedule": "Programm",
  "cancelled": "entfällt",
  "moved": "verschoben",
  "at the same time as {0}": "gleichzeitig mit {0}",
  "{0} free": "{0} frei",
  "{0} min": "{0} min",
  "{0} h": "{0} h",
  "{0} h {1} min": "{0} h {1} min",
  "{0} s": "{0} s",
  "{0} days": "{0} Tage",
  "Take it along": "Mitnehmen",
  "This personal link brings your stars to another device, and back when this browser has been cleared. Whoever has it sees and changes them.":
    "Dieser persönliche Link bringt Ihre Merkliste auf ein anderes Gerät und zurück, wenn dieser Browser geleert wurde. Wer ihn hat, sieht und ändert sie.",
  "Your personal link": "Ihr persönlicher Link",
  "QR code of your personal link": "QR-Code Ihres persönlichen Links",
  "Point the other phone’s camera at it.": "Halten Sie die Kamera des anderen Telefons darauf.",
  "Copy": "Kopieren",
  "Copied": "Kopiert",
  "Share": "Teilen",
  "Calendar": "Kalender",
  "Make a calendar address": "Kalenderadresse anlegen",
  "Your calendar address": "Ihre Kalenderadresse",
  "Subscribe to this address in a calendar: it follows your stars and every change of the schedule.":
    "Abonnieren Sie diese Adresse in einem Kalender: Sie folgt Ihrer Merkliste und jeder Änderung des Programms.",
  "Open in a calendar": "In einem Kalender öffnen",
  "Revoke all calendar addresses": "Alle Kalenderadressen widerrufen",
  "The calendar addresses no longer work.": "Die Kalenderadressen gelten nicht mehr.",
  "That needs a connection. Please try again when you are online.": "Dafür braucht es eine Verbindung. Bitte versuchen Sie es wieder, wenn Sie online sind.",
  "Kept on this device.": "Auf diesem Gerät gespeichert.",
  "Kept on this device and on the server.": "Auf diesem Gerät und auf dem Server gespeichert.",
  "Kept on this device; brought together when you are online.": "Auf diesem Gerät gespeichert; wird abgeglichen, sobald Sie online sind.",
  "Bringing your stars to this device …": "Ihre Merkliste kommt auf dieses Gerät …",
  "This link is not known (any more). Your stars on this device are kept.": "Dieser Link ist nicht (mehr) bekannt. Ihre Merkliste auf diesem Gerät bleibt.",
  "Your stars are on this device.": "Ihre Merkliste ist auf diesem Gerät.",
  "My schedule": "Mein Programm",
  "Revision {0}, {1} ago": "Stand {0}, vor {1}",
  "Revision {0}": "Stand {0}",
  "live": "live",
  "checked {0} ago": "geprüft vor {0}",
  "Offline, as of {0}": "Offline, Stand {0}",
  "Offline": "Offline",
  "The schedule has changed.": "Das Programm hat sich geändert.",
  "Show": "Zeigen",
  "Jump to now": "Zu jetzt springen",
  "Now & next": "Jetzt & gleich",
  "today": "heute",
  "Sign in, and they are kept with your account, too.": "Melden Sie sich an, und sie bleiben auch bei Ihrem Konto.",
  "Sign in": "Anmelden",
  "Calendars that follow them stop being renewed. Your stars stay.": "Kalender, die ihnen folgen, werden nicht mehr erneuert. Ihre Merkliste bleibt.",
  "Some calendars look for changes once a day only. What is urgent stands here.": "Manche Kalender sehen nur einmal am Tag nach. Was eilt, steht hier.",
  "Got it": "Verstanden",
  "A session you starred changed:": "Ein gemerkter Programmpunkt hat sich geändert:",
  "{0}: cancelled": "{0}: entfällt",
  "{0}: on again": "{0}: findet doch statt",
  "{0}: now {1}, {2}": "{0}: jetzt {1}, {2}",
  "{0}: details changed": "{0}: Angaben geändert",
  "{0} left": "noch {0}",
  "next, {0}": "danach, {0}",
  "now": "jetzt",
  "Nothing at the moment": "Im Moment nichts",
  "Times are in your zone, {0}": "Zeiten in Ihrer Zone, {0}",
  "Show times in my zone ({0})": "Zeiten in meiner Zone zeigen ({0})",
  "Show times of the event": "Zeiten der Veranstaltung zeigen",
  "Filter": "Filtern",
  "{0} here": "{0} hier",
  "{0} in the whole programme": "{0} im ganzen Programm",
  "{0} found": "{0} gefunden",
  "Nothing found": "Nichts gefunden",
  "Sessions": "Programmpunkte",
  "The schedule cannot be shown at the moment.": "Das Programm kann gerade nicht gezeigt werden.",
  "from {0}": "ab {0}",
  "from": "ab",
  "Speed": "Tempo",
  ".": ",",
  "Keys": "Tasten",
  "Space or k: play or pause. j, l: 10 seconds back, on. Arrows: 5 seconds. 0 to 9: to a tenth. < >: slower, faster. f: full screen. m: sound. c: captions.":
    "Leertaste oder k: Wiedergabe, Pause. j, l: 10 Sekunden zurück, vor. Pfeile: 5 Sekunden. 0 bis 9: zu einem Zehntel. < >: langsamer, schneller. f: Vollbild. m: Ton. c: Untertitel.",
  "Moment, as 12:34": "Zeitpunkt, etwa 12:34",
  "Play": "Abspielen",
  "Suggestions": "Vorschläge",
  "Word": "Wort",
  "Speaker": "Vortragende",
  "Video": "Video",
  "Topic": "Thema",
  "Conference": "Konferenz",
  "Year": "Jahr",
  "Language": "Sprache",
  "Length": "Länge",
} as const;

export type Text = keyof typeof german;
export const table: Record<string, Record<string, string>> = { de: german };

/** The text in a language, its places filled. A language without a table speaks English. */
export function say(language: string, text: Text, ...values: (string | number)[]): string {
  const own = table[language.split("-")[0] ?? ""]?.[text] ?? text;
  return own.replace(/\{(\d)\}/g, (_, place: string) => String(values[Number(place)] ?? ""));
}

/** What dates are written as: English ones as the server writes them, "Sunday, 29 November". */
export const locale_of = (language: string): string => (language === "en" ? "en-GB" : language);

/** In the page's language. */
export const t = (text: Text, ...values: (string | number)[]): string => say(document.documentElement.lang, text, ...values);

/** "40 s", "5 min", "3 h", "2 days": how long something took or is ago, in the biggest fitting unit. */
export function span(language: string, ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 90) return say(language, "{0} s", seconds);
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return say(language, "{0} min", minutes);
  const hours = Math.round(minutes / 60);
  return hours < 48 ? say(language, "{0} h", hours) : say(language, "{0} days", Math.round(hours / 24));
}

/** "75 min" as "1 h 15 min": a length to plan with. */
export function length(language: string, minutes: number): string {
  const hours = Math.floor(minutes / 60), rest = minutes % 60;
  if (hours === 0) return say(language, "{0} min", rest);
  return rest === 0 ? say(language, "{0} h", hours) : say(language, "{0} h {1} min", hours, rest);
}
