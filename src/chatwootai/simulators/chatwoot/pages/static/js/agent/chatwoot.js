// Chatwoot's REST interface as a human agent's browser uses it.

import { getJson, request } from "../http.js";

export class Chatwoot {
  constructor(accountId, token) {
    this.root = `/api/v1/accounts/${accountId}`;
    this.headers = { api_access_token: token };
  }

  #get(path) {
    return getJson(`${this.root}/${path}`, this.headers);
  }

  #post(path, body) {
    return request("POST", `${this.root}/${path}`, body, this.headers);
  }

  async conversations(status, page) {
    const answer = await this.#get(`conversations?status=${status}&assignee_type=all&page=${page}`);
    return answer.data.payload;
  }

  async count(status) {
    return (await this.#get(`conversations/meta?status=${status}`)).meta.all_count;
  }

  conversation(id) {
    return this.#get(`conversations/${id}`);
  }

  async messages(id, before) {
    return (await this.#get(`conversations/${id}/messages${before ? `?before=${before}` : ""}`)).payload;
  }

  write(id, content, isPrivate) {
    return this.#post(`conversations/${id}/messages`, { content, private: isPrivate, message_type: "outgoing" });
  }

  setStatus(id, status, snoozedUntil) {
    const body = snoozedUntil ? { status, snoozed_until: snoozedUntil } : { status };
    return this.#post(`conversations/${id}/toggle_status`, body);
  }

  assign(id, choice) {
    return this.#post(`conversations/${id}/assignments`, choice);
  }

  agents() {
    return this.#get("agents");
  }

  teams() {
    return this.#get("teams");
  }
}
