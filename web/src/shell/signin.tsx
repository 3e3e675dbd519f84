import { signIn, token } from "../data/api";
import { useStore } from "../data/store";
import { Heading } from "../parts/small";

export function SignIn() {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget as HTMLFormElement).get("token");
    if (typeof given === "string" && given.trim() !== "") signIn(given.trim());
  };
  const refused = useStore(token) !== null;
  return (
    <main id="main" class="signin">
      <Heading title="Sign in">Watchkeeper</Heading>
      <form onSubmit={submit}>
        <label>
          Your token
          <input name="token" type="password" autocomplete="current-password" required />
        </label>
        {refused && (
          <p class="problem" role="alert">
            This token is not accepted.
          </p>
        )}
        <button type="submit" class="strong">
          Sign in
        </button>
        <p class="hint">It is kept until this tab is closed.</p>
      </form>
    </main>
  );
}
