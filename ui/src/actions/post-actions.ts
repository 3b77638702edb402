// What can be done with one post, in the order it is offered. An action that does not apply is not shown.
import type { PostView } from "../host";
import type { Action } from "./action";
import { markAsDone, skip } from "./by-hand";
import { askToDelete } from "./delete-post";
import { edit } from "./edit";
import { moveTo } from "./move-to";
import { duplicate } from "./new-post";
import { pause } from "./pause";
import { askToPublish } from "./publish-now";
import { resume } from "./resume";
import { retry } from "./retry";

export const POST_ACTIONS: Action<[post: PostView]>[] = [
  resume,
  retry,
  markAsDone,
  skip,
  pause,
  moveTo,
  edit,
  duplicate,
  askToPublish,
  askToDelete,
];
