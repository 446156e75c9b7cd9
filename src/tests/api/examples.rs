//! The manual of a service that programs know already (`manual.md`, word for word): its commands are read from it, run
//! one after the other against a running server, and answered in the shape that it shows.
use crate::support::{
    browser::{Page, read, served},
    program::photograph,
    worlds,
};
use serde_json::{Value, json};
use std::net::SocketAddr;
use tokio::{io::AsyncWriteExt, net::TcpStream};

const MANUAL: &str = include_str!("manual.md");

/// One numbered endpoint of the manual.
#[derive(Debug)]
struct Example {
    title: String,
    method: String,
    path: String,
    sent: Option<Value>,
    status: u16,
    answer: Option<Value>,
    curl: Option<String>,
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    text.split_once(start)?.1.split_once(end).map(|(inside, _)| inside)
}

/// All of them, in their order.
fn examples() -> Vec<Example> {
    let example = |section: &str| {
        let (method, path) = between(section, "**Endpoint**: `", "`")?.split_once(' ')?;
        let (asked, answered) = section.split_once("**Response** (")?;
        let (answered, curl) = answered.split_once("**cURL Example**").unwrap_or((answered, ""));
        let json = |text: &str| between(text, "```json\n", "```").map(|json| serde_json::from_str(json).unwrap());
        Some(Example {
            title: section.lines().next()?.trim_start_matches(|c: char| c.is_ascii_digit() || ". ".contains(c)).into(),
            method: method.into(),
            path: path.into(),
            sent: json(asked),
            status: answered[..3].parse().unwrap(),
            answer: json(answered),
            curl: between(curl, "```bash\n", "```").map(str::to_string),
        })
    };
    MANUAL.split("\n#### ").skip(1).map(|section| example(section).unwrap_or_else(|| panic!("{section}"))).collect()
}

/// The words of a command line, with its quotes taken off.
fn words(command: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (vec![], None::<String>, None);
    for c in command.replace("\\\n", " ").chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, c) if c.is_whitespace() => words.extend(word.take()),
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

/// What changes from reader to reader: the token, and which image.
struct Reader {
    address: SocketAddr,
    access: String,
    image: String,
}

impl Reader {
    /// Sends what curl would send.
    async fn curl(&self, command: &str) -> Page {
        let command = command.replace("<access_token>", &self.access).replace("/images/1/", &format!("/images/{}/", self.image));
        let words = words(&command);
        let after = |flag: &str| {
            words.iter().zip(words.iter().skip(1)).filter(|(word, _)| *word == flag).map(|(_, next)| next.clone()).collect::<Vec<_>>()
        };
        let url = words.iter().find(|word| word.starts_with("http")).unwrap();
        let mut head = format!("{} {} HTTP/1.1\r\n", after("-X")[0], url.strip_prefix("http://localhost:8000").unwrap());
        after("-H").iter().for_each(|line| head += &format!("{line}\r\n"));
        let fields = after("-F");
        let body = match after("-d").pop() {
            Some(data) => data.replace('\n', "").into_bytes(),
            None if fields.is_empty() => vec![],
            None => {
                let edge = "------------------------d74496d66958873e";
                head += &format!("Content-Type: multipart/form-data; boundary={edge}\r\n");
                form(edge, &fields)
            }
        };
        self.send(head, body).await
    }

    async fn send(&self, head: String, body: Vec<u8>) -> Page {
        let rest = "Host: localhost:8000\r\nUser-Agent: curl/8.5.0\r\nAccept: */*\r\nConnection: close\r\n";
        let length = if body.is_empty() { String::new() } else { format!("Content-Length: {}\r\n", body.len()) };
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(&[format!("{head}{rest}{length}\r\n").as_bytes(), &body].concat()).await.unwrap();
        read(stream).await.unwrap()
    }
}

fn form(edge: &str, fields: &[String]) -> Vec<u8> {
    let mut body = vec![];
    for field in fields {
        let (name, value) = field.split_once('=').unwrap();
        body.extend(format!("--{edge}\r\nContent-Disposition: form-data; name=\"{name}\"").bytes());
        match value.strip_prefix('@') {
            Some(path) => {
                let file = path.rsplit('/').next().unwrap();
                body.extend(format!("; filename=\"{file}\"\r\nContent-Type: image/jpeg\r\n\r\n").bytes());
                body.extend(photograph(7));
            }
            None => body.extend(format!("\r\n\r\n{value}").bytes()),
        }
        body.extend(b"\r\n");
    }
    body.extend(format!("--{edge}--\r\n").bytes());
    body
}

/// Where an answer is not as the manual shows it: the same fields, of the same kinds, and the same words where the manual's
/// reader wrote them. Our ids are texts, theirs numbers.
fn differences(shown: &Value, given: &Value, place: &str, found: &mut Vec<String>) {
    match (shown, given) {
        (Value::Object(shown), Value::Object(given)) => {
            let (mut theirs, ours): (Vec<_>, Vec<_>) = (shown.keys().collect(), given.keys().collect());
            // a refresh token counts once here: its answer holds the next one
            if theirs == ["access"] {
                theirs.push(ours.iter().find(|key| **key == "refresh").unwrap());
            }
            if theirs != ours {
                found.push(format!("{place}: {ours:?} instead of {theirs:?}"));
            }
            shown.iter().for_each(|(key, shown)| differences(shown, &given[key], &format!("{place}.{key}"), found));
        }
        (Value::Array(shown), Value::Array(given)) if shown.len() == given.len() => {
            shown.iter().zip(given).for_each(|(shown, given)| differences(shown, given, place, found));
        }
        (Value::Number(_), Value::String(id)) if place.ends_with(".id") && uuid::Uuid::parse_str(id).is_ok() => {}
        (Value::String(shown), Value::String(given)) => {
            let name = place.rsplit('.').next().unwrap();
            let is_right = match name {
                "email" | "username" | "title" | "description" => shown == given,
                "access" | "refresh" => given.starts_with("eyJ") && given.split('.').count() == 3,
                "image" => given.starts_with("/media/images/") && given.ends_with("-image.jpg"),
                "image_url" => given.starts_with("http://") && given.contains("/media/images/"),
                // 2024-01-15T10:35:00Z
                _ => given.len() == shown.len() && given.ends_with('Z') && given.as_bytes()[10] == b'T',
            };
            if !is_right {
                found.push(format!("{place}: {given:?} instead of {shown:?}"));
            }
        }
        _ => found.push(format!("{place}: {given} instead of {shown}")),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_examples_of_the_manual_work_one_after_the_other() {
    for world in worlds().await {
        let server = served(world.services.clone()).await;
        let mut reader = Reader { address: server.address, access: String::new(), image: String::new() };
        let mut refresh = String::new();
        let examples = examples();
        for example in &examples {
            let answer = match &example.curl {
                Some(command) => reader.curl(command).await,
                // described without a command: sent as it is described
                None => {
                    let sent = example.sent.clone().unwrap();
                    assert_eq!(sent.as_object().unwrap().keys().collect::<Vec<_>>(), ["refresh"]);
                    let head = format!("{} {} HTTP/1.1\r\nContent-Type: application/json\r\n", example.method, example.path);
                    reader.send(head, json!({"refresh": refresh}).to_string().into_bytes()).await
                }
            };
            assert_eq!(answer.status, example.status, "{}: {answer:?}", example.title);
            let Some(shown) = &example.answer else {
                assert_eq!(answer.body, "", "{}", example.title);
                continue;
            };
            let given = answer.json().unwrap();
            let mut found = vec![];
            differences(shown, &given, "", &mut found);
            assert!(found.is_empty(), "{}: {found:#?}", example.title);
            if let (Some(access), Some(next)) = (given["access"].as_str(), given["refresh"].as_str()) {
                (reader.access, refresh) = (access.into(), next.into());
            }
            if example.title == "Upload Image" {
                reader.image = given["id"].as_str().unwrap().into();
            }
        }
        let titles: Vec<_> = examples.iter().map(|example| example.title.as_str()).collect();
        assert_eq!(
            titles,
            ["User Signup", "User Login", "Refresh Token", "Upload Image", "List User's Images", "Get Image Detail", "Delete Image"]
        );
        // the list and the image were deleted last; asked again there is nothing, and nothing without a token
        let command =
            |title: &str| examples.iter().find(|example| example.title == title).and_then(|example| example.curl.clone()).unwrap();
        assert_eq!(reader.curl(&command("Get Image Detail")).await.status, 404);
        reader.access.clear();
        let nobody = reader.curl(&command("List User's Images")).await;
        let shown = between(MANUAL.split_once("### Validation Error").unwrap().1, "```json\n", "```").unwrap();
        assert_eq!((nobody.status, nobody.json()), (401, serde_json::from_str(shown).ok()));
        server.stop().await;
    }
}

#[test]
fn a_command_line_is_read_as_a_shell_reads_it() {
    assert_eq!(words("a -d '{\"x\": 1}' \\\n  \"b c\"d ''"), ["a", "-d", "{\"x\": 1}", "b cd", ""]);
}
