/** A page that fails takes down itself, not the shell. */
import { Component } from "react";
import { unreachable } from "@/api/refusal";
import { ErrorState } from "./states";

interface State {
  error?: unknown;
}

/** A part of the program that could not be fetched: no network, or a newer version has replaced it. */
const isMissingPart = (error: unknown): boolean =>
  error instanceof TypeError && /dynamically imported module|Importing a module script|preload/i.test(error.message);

export class Boundary extends Component<{ children: React.ReactNode }, State> {
  state: State = {};

  static getDerivedStateFromError(error: unknown): State {
    return { error: isMissingPart(error) ? unreachable() : error };
  }

  render() {
    if (this.state.error === undefined) return this.props.children;
    return <ErrorState error={this.state.error} onRetry={() => window.location.reload()} />;
  }
}
