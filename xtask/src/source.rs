//! Reading the project's own sources: which files there are, and their code as tokens, without comments and
//! literals, so that a rule about code never trips over prose.

use std::path::Path;

/// A file of the project.
pub(crate) struct File {
    /// Relative to the workspace, with `/`.
    pub(crate) path: String,
    pub(crate) text: String,
}

impl File {
    pub(crate) fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }
}

/// The text files of the project: everything but build output and hidden folders (`.ci` counts).
pub(crate) fn files(root: &Path) -> Result<Vec<File>, String> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        let failed = |e: std::io::Error| format!("{}: {e}", folder.display());
        for entry in std::fs::read_dir(&folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
            let kind = entry.file_type().map_err(failed)?;
            if kind.is_dir() {
                // A folder with this file is a cache, such as cargo's target directory.
                let cache = path.join("CACHEDIR.TAG").exists();
                if !cache && (name == ".ci" || !name.starts_with('.')) {
                    folders.push(path);
                }
            } else if kind.is_file() && is_text(&path) {
                let text = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
                let relative = path.strip_prefix(root).unwrap_or(&path);
                found.push(File { path: relative.to_string_lossy().replace('\\', "/"), text });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

fn is_text(path: &Path) -> bool {
    let extension = path.extension().and_then(|e| e.to_str());
    matches!(extension, Some("rs" | "toml" | "md" | "py" | "sh" | "yml")) || path.ends_with(".ci/run")
}

/// An identifier, number, lifetime quote or one punctuation mark, and the line it stands on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Token<'a> {
    pub(crate) line: usize,
    pub(crate) text: &'a str,
}

/// The tokens of [`code_only`] text.
pub(crate) fn tokens(code: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let word = |c: char| c.is_alphanumeric() || c == '_';
    for (line, mut rest) in code.lines().enumerate() {
        loop {
            rest = rest.trim_start();
            let Some(first) = rest.chars().next() else { break };
            let end = if word(first) { rest.find(|c| !word(c)) } else { Some(first.len_utf8()) };
            let (text, after) = rest.split_at(end.unwrap_or(rest.len()));
            tokens.push(Token { line: line + 1, text });
            rest = after;
        }
    }
    tokens
}

/// The lines where the tokens of `pattern` (one-character marks and words, separated by blanks) follow each other.
pub(crate) fn find(tokens: &[Token<'_>], pattern: &str) -> Vec<usize> {
    let pattern: Vec<&str> = pattern.split_whitespace().collect();
    let matches = |window: &&[Token<'_>]| window.iter().map(|t| t.text).eq(pattern.iter().copied());
    tokens.windows(pattern.len()).filter(matches).map(|window| window[0].line).collect()
}

/// `source` with comments and the contents of literals replaced by blanks; lines stay where they are.
pub(crate) fn code_only(source: &str) -> String {
    let mut code = String::with_capacity(source.len());
    let mut rest = source;
    let mut after_word = false;
    while let Some(first) = rest.chars().next() {
        let (length, keep) = match literal_or_comment(rest, after_word) {
            Some(length) => (length, false),
            None => (first.len_utf8(), true),
        };
        let (taken, left) = rest.split_at(length);
        if keep {
            code.push_str(taken);
        } else {
            code.extend(taken.chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
        }
        after_word = keep && (first.is_alphanumeric() || first == '_');
        rest = left;
    }
    code
}

/// The length of the comment or literal that `text` begins with.
fn literal_or_comment(text: &str, after_word: bool) -> Option<usize> {
    if text.starts_with("//") {
        return Some(text.find('\n').unwrap_or(text.len()));
    }
    if text.starts_with("/*") {
        return Some(block_comment(text));
    }
    if text.starts_with('"') {
        return Some(string(text));
    }
    if text.starts_with('\'') {
        return character(text);
    }
    // b"…", c"…", r"…", br#"…"# and b'…', unless the letters end a longer word.
    let prefix = ["br", "cr", "r", "b", "c"].into_iter().find(|p| !after_word && text.starts_with(p))?;
    let body = &text[prefix.len()..];
    let length = match (prefix, body.as_bytes().first()?) {
        ("b" | "c", b'"') => string(body),
        ("b", b'\'') => character(body)?,
        ("br" | "cr" | "r", b'"' | b'#') => raw_string(body)?,
        _ => return None,
    };
    Some(prefix.len() + length)
}

fn block_comment(text: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < text.len() {
        let rest = &text.as_bytes()[at..];
        if rest.starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with(b"*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    text.len()
}

/// From the opening quote to the closing one.
fn string(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '"' if !escaped => return at + 1,
            _ => escaped = c == '\\' && !escaped,
        }
    }
    text.len()
}

/// From the first `#` or quote; none for a raw identifier such as `r#fn`.
fn raw_string(text: &str) -> Option<usize> {
    let hashes = text.len() - text.trim_start_matches('#').len();
    let body = text[hashes..].strip_prefix('"')?;
    let end = format!("\"{}", &text[..hashes]);
    Some(body.find(&end).map_or(text.len(), |at| hashes + 1 + at + end.len()))
}

/// A character literal; none for a lifetime.
fn character(text: &str) -> Option<usize> {
    let mut chars = text.char_indices().skip(1);
    if chars.next()?.1 == '\\' {
        chars.next()?; // the escaped character, which may be a quote
        return chars.find(|&(_, c)| c == '\'').map(|(at, _)| at + 1);
    }
    chars.next().filter(|&(_, c)| c == '\'').map(|(at, _)| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(source: &str) -> String {
        let code = code_only(source);
        tokens(&code).iter().map(|t| t.text).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn comments_go() {
        assert_eq!(words("a // core::arch\nb"), "a b");
        assert_eq!(words("a /* x /* nested */ y */ b"), "a b");
        assert_eq!(words("/// doc\n//! doc\nfn f() {}"), "fn f ( ) { }");
        assert_eq!(words("a /* open"), "a");
    }

    #[test]
    fn literals_go() {
        assert_eq!(words(r#"f("core::arch \" // \\", 1)"#), "f ( , 1 )");
        assert_eq!(words(r##"f(r#"a " b"#, b"x", br"\", c"y")"##), "f ( , , , )");
        assert_eq!(words(r"['a', '\'', '\\', '\u{7f}', b'\n', '/']"), "[ , , , , , ]");
    }

    #[test]
    fn what_looks_like_a_literal_stays() {
        assert_eq!(words("fn f<'a, 'b>(x: &'a str)"), "fn f < ' a , ' b > ( x : & ' a str )");
        assert_eq!(words("r#fn(br, c, 2.0f32)"), "r # fn ( br , c , 2 . 0f32 )");
        assert_eq!(words("attr r b c"), "attr r b c");
    }

    #[test]
    fn lines_stay() {
        let code = code_only("/*\n*/ \"\n\" x");
        assert_eq!(tokens(&code), [Token { line: 3, text: "x" }]);
    }

    #[test]
    fn sequences_are_found() {
        let code = "a::b\nxa::b a :: b";
        assert_eq!(find(&tokens(code), "a : : b"), [1, 2]);
        assert!(find(&tokens(code), "b : : a").is_empty());
    }
}
