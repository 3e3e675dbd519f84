//! Frames: how each kind of event or speech act is put into words, read from `knowledge/frames/*.toml`.

/// All frames, built in and the user's own.
#[derive(Default)]
pub struct FrameBook {}
