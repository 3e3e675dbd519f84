import { Heading } from "../parts/small";
import { href } from "../route/router";

export function Missing() {
  return (
    <div class="reading">
      <Heading title="No such page">No such page</Heading>
      <p>
        <a href={href("/")}>The incidents</a> are a good place to start.
      </p>
    </div>
  );
}
