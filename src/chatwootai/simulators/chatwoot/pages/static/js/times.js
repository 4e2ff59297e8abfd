// Times as a Brazilian reader expects them. The server gives unix seconds.

const clock = new Intl.DateTimeFormat("pt-BR", { hour: "2-digit", minute: "2-digit" });
const weekday = new Intl.DateTimeFormat("pt-BR", { weekday: "long" });
const date = new Intl.DateTimeFormat("pt-BR", { day: "2-digit", month: "2-digit", year: "numeric" });
const longDate = new Intl.DateTimeFormat("pt-BR", { day: "numeric", month: "long", year: "numeric" });
const DAY_MS = 86_400_000;

const midnight = (moment) => new Date(moment.getFullYear(), moment.getMonth(), moment.getDate());
// Rounded because a day with a clock change has 23 or 25 hours.
const daysAgo = (moment) => Math.round((midnight(new Date()) - midnight(moment)) / DAY_MS);

export const clockTime = (seconds) => clock.format(new Date(seconds * 1000));
export const isoTime = (seconds) => new Date(seconds * 1000).toISOString();
export const dayKey = (seconds) => midnight(new Date(seconds * 1000)).getTime();

export function dayLabel(seconds) {
  const moment = new Date(seconds * 1000);
  const ago = daysAgo(moment);
  if (ago === 0) return "Hoje";
  if (ago === 1) return "Ontem";
  return ago > 1 && ago < 7 ? weekday.format(moment) : longDate.format(moment);
}

export function listTime(seconds) {
  const moment = new Date(seconds * 1000);
  const ago = daysAgo(moment);
  if (ago <= 0) return clockTime(seconds);
  if (ago === 1) return "ontem";
  return ago < 7 ? weekday.format(moment).replace("-feira", "") : date.format(moment);
}

/** "agora", "4 min", "3 h", "2 d": how long ago, for a narrow column. */
export function elapsed(seconds) {
  const minutes = Math.floor((Date.now() / 1000 - seconds) / 60);
  if (minutes < 1) return "agora";
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h`;
  return `${Math.floor(minutes / 1440)} d`;
}
