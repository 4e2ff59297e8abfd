// What each kind of inbox looks like to the person who writes. `ownApp`: the shop can also answer in the
// channel's own app, of which Chatwoot then hears.

export const KINDS = {
  whatsapp: { label: "WhatsApp", icon: "whatsapp", dialect: "whatsapp", choice: "whatsapp", ownApp: true, placeholder: "Mensagem" },
  instagram: { label: "Instagram", icon: "instagram", dialect: "plain", choice: "chips", ownApp: true, placeholder: "Mensagem…" },
  web_widget: { label: "Chat do site", icon: "web_widget", dialect: "markdown", choice: "buttons", placeholder: "Digite sua mensagem" },
  api: { label: "API", icon: "api", dialect: "plain", choice: "chips", placeholder: "Mensagem" },
  email: { label: "E-mail", icon: "email", dialect: "plain", choice: "chips", placeholder: "Responder" },
};

export const kindOf = (kind) => KINDS[kind] ?? KINDS.api;

export const ATTACHMENTS = { audio: "Mensagem de voz", image: "Foto", location: "Localização", file: "Arquivo", video: "Vídeo" };
const ATTACHMENT_ICONS = { audio: "mic", image: "image", location: "pin" };
export const attachmentIcon = (kind) => ATTACHMENT_ICONS[kind] ?? "image";

export const AUTHORS = { bot: "robô", human: "pessoa", template: "modelo", phone: "celular da loja" };

export const EXAMPLES = ["oi, vocês estão abertos?", "qto custa o shampoo hidratante?", "quero falar com uma pessoa"];

const CHANNELS = {
  "Channel::Whatsapp": "whatsapp",
  "Channel::TwilioSms": "whatsapp",
  "Channel::Instagram": "instagram",
  "Channel::FacebookPage": "instagram",
  "Channel::WebWidget": "web_widget",
  "Channel::Email": "email",
};
export const kindOfChannel = (channelType) => CHANNELS[channelType] ?? "api";
