/**
 * The socket to /ws: subscriptions that survive a broken network without losing or repeating an event.
 * Each topic keeps the last seq it has seen; a reconnect, or a hole in the numbers, asks again from there.
 */
export interface LiveEvent {
  seq: number;
  kind: string;
  ids: Record<string, number[]>;
}

export type LiveChange = { topic: string; events: LiveEvent[]; reset: boolean };
export type LiveStatus = "idle" | "connecting" | "open" | "reconnecting";
type Listener = (change: LiveChange) => void;

interface Topic {
  seq: number | undefined;
  listeners: Set<Listener>;
  denied: boolean;
  /** Answers in a row that did not close a hole. */
  holes: number;
}

interface ServerMessage {
  topic?: string;
  events?: LiveEvent[];
  seq?: number;
  reset?: boolean;
  denied?: boolean;
  pong?: number;
}

const PING_EVERY = 25_000;
const PONG_WITHIN = 10_000;
const LONGEST_WAIT = 30_000;
const MOST_HOLES = 3;
/** Nobody is signed in, or somebody else: to come again and again would change nothing. */
const SIGNED_OUT = 4401;

export class LiveClient {
  private socket: WebSocket | undefined;
  private topics = new Map<string, Topic>();
  private statusListeners = new Set<() => void>();
  private attempts = 0;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private pingTimer: ReturnType<typeof setTimeout> | undefined;
  private pongTimer: ReturnType<typeof setTimeout> | undefined;
  status: LiveStatus = "idle";
  /** The server ended it; whoever finds out that somebody is signed in calls `restart`. */
  onSignedOut: () => void = () => undefined;

  constructor(
    private readonly url: string,
    private readonly open: (url: string) => WebSocket = (address) => new WebSocket(address),
    private readonly random: () => number = Math.random,
  ) {}

  /** `after`: the seq that the data on screen was read at; without it the first answer counts as a reset. */
  subscribe(name: string, listener: Listener, after?: number): () => void {
    let topic = this.topics.get(name);
    if (!topic) {
      topic = { seq: after, listeners: new Set(), denied: false, holes: 0 };
      this.topics.set(name, topic);
      this.ask(name, topic);
    }
    topic.listeners.add(listener);
    this.connect();
    return () => this.leave(name, listener);
  }

  watchStatus(listener: () => void): () => void {
    this.statusListeners.add(listener);
    return () => this.statusListeners.delete(listener);
  }

  /** Called when the network is back or the page is looked at again: no need to sit out the wait. */
  hurry(): void {
    if (this.status !== "reconnecting" || this.socket) return;
    clearTimeout(this.retryTimer);
    this.connect();
  }

  /** The person or the rights changed: every subscription is asked again over a new socket. */
  restart(): void {
    for (const topic of this.topics.values()) topic.denied = false;
    if (this.socket) {
      this.attempts = 0;
      this.socket.close();
    } else if (this.topics.size > 0 && this.status === "idle") {
      this.retry();
    }
  }

  private leave(name: string, listener: Listener): void {
    const topic = this.topics.get(name);
    if (!topic) return;
    topic.listeners.delete(listener);
    if (topic.listeners.size > 0) return;
    this.topics.delete(name);
    this.send({ unsubscribe: [name] });
    if (this.topics.size === 0) this.disconnect();
  }

  private connect(): void {
    if (this.socket) return;
    this.setStatus(this.attempts === 0 ? "connecting" : "reconnecting");
    const socket = this.open(this.url);
    this.socket = socket;
    socket.onopen = () => {
      this.setStatus("open");
      for (const [name, topic] of this.topics) this.ask(name, topic);
      this.schedulePing();
    };
    socket.onmessage = (message) => this.receive(JSON.parse(String(message.data)) as ServerMessage);
    socket.onclose = (event) => this.lost(socket, event.code);
  }

  private disconnect(): void {
    const socket = this.socket;
    this.socket = undefined;
    this.stopTimers();
    this.attempts = 0;
    this.setStatus("idle");
    socket?.close();
  }

  private lost(socket: WebSocket, code?: number): void {
    if (socket !== this.socket) return;
    this.socket = undefined;
    this.stopTimers();
    if (this.topics.size === 0) {
      this.setStatus("idle");
      return;
    }
    this.attempts += 1;
    if (code === SIGNED_OUT) {
      this.setStatus("idle");
      this.onSignedOut();
    } else {
      this.retry();
    }
  }

  private retry(): void {
    this.setStatus("reconnecting");
    const longest = Math.min(LONGEST_WAIT, 500 * 2 ** this.attempts);
    this.retryTimer = setTimeout(() => this.connect(), longest * (0.5 + this.random() / 2));
  }

  private receive(message: ServerMessage): void {
    clearTimeout(this.pongTimer);
    this.pongTimer = undefined;
    this.attempts = 0;
    const name = message.topic;
    const topic = name === undefined ? undefined : this.topics.get(name);
    if (name === undefined || !topic) return;
    if (message.denied) {
      topic.denied = true;
      return;
    }
    if (message.reset || topic.seq === undefined || topic.holes >= MOST_HOLES) {
      topic.holes = 0;
      topic.seq = message.seq ?? message.events?.at(-1)?.seq;
      this.tell(topic, { topic: name, events: [], reset: true });
      return;
    }
    this.follow(name, topic, message);
  }

  private follow(name: string, topic: Topic, message: ServerMessage): void {
    const known = topic.seq ?? 0;
    const fresh = (message.events ?? []).filter((event) => event.seq > known);
    const first = fresh[0];
    const hole = first ? first.seq > known + 1 : (message.seq ?? known) > known;
    if (hole) {
      topic.holes += 1;
      this.ask(name, topic);
      return;
    }
    topic.holes = 0;
    const last = fresh.at(-1);
    if (!last) return;
    topic.seq = last.seq;
    this.tell(topic, { topic: name, events: fresh, reset: false });
  }

  private tell(topic: Topic, change: LiveChange): void {
    for (const listener of [...topic.listeners]) listener(change);
  }

  private ask(name: string, topic: Topic): void {
    if (topic.denied) return;
    this.send({ subscribe: [topic.seq === undefined ? { topic: name } : { topic: name, after: topic.seq }] });
  }

  private send(message: unknown): void {
    if (this.socket?.readyState === 1) this.socket.send(JSON.stringify(message));
  }

  private schedulePing(): void {
    this.pingTimer = setTimeout(() => {
      this.send({ ping: Date.now() });
      this.pongTimer ??= setTimeout(() => this.giveUp(), PONG_WITHIN);
      this.schedulePing();
    }, PING_EVERY);
  }

  /** A socket that answers nothing may take minutes to notice that it is dead. */
  private giveUp(): void {
    const socket = this.socket;
    if (!socket) return;
    socket.close();
    this.lost(socket);
  }

  private stopTimers(): void {
    for (const timer of [this.retryTimer, this.pingTimer, this.pongTimer]) clearTimeout(timer);
    this.pongTimer = undefined;
  }

  private setStatus(status: LiveStatus): void {
    if (status === this.status) return;
    this.status = status;
    for (const listener of this.statusListeners) listener();
  }
}
