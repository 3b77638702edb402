// Which post the panel shows.

export class Selection {
  post = $state<string | null>(null);

  select(post: string | null): void {
    this.post = post;
  }
}
