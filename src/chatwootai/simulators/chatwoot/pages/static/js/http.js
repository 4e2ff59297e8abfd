// JSON over fetch with a deadline; every failure becomes one RequestFailed with a sentence for the reader.

const DEADLINE_MS = 20_000;

export class RequestFailed extends Error {
  /** status 0 means that no answer came: the server may or may not have acted. */
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export async function request(method, path, body, headers = {}) {
  let response;
  try {
    response = await fetch(path, {
      method,
      headers: body === undefined ? headers : { "Content-Type": "application/json", ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
  } catch {
    throw new RequestFailed(0, "Sem resposta do servidor.");
  }
  const text = await response.text();
  if (!response.ok) throw new RequestFailed(response.status, reason(text, response.status));
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    throw new RequestFailed(response.status, "O servidor respondeu algo que não é JSON.");
  }
}

function reason(text, status) {
  try {
    const answer = JSON.parse(text);
    const said = answer.error ?? answer.message ?? answer.detail;
    if (typeof said === "string") return `${said} (${status})`;
  } catch {
    // A body that is not JSON tells the reader nothing: the status alone is shown.
  }
  return `O servidor recusou o pedido (${status}).`;
}

export const getJson = (path, headers) => request("GET", path, undefined, headers);
export const postJson = (path, body, headers) => request("POST", path, body, headers);
