//! The examples of a service that programs know already, run one after the other as its manual has them. The commands
//! are data: what curl would send is read from them.
use super::client::{Answer, Program};
use crate::support::{program::photograph, worlds};
use axum::body::Body;
use serde_json::json;

const SIGN_UP: &str = r#"curl -X POST http://localhost:8000/api/auth/signup/ \
  -H "Content-Type: application/json" \
  -d '{
    "email": "user@example.com",
    "username": "johndoe",
    "password": "SecurePassword123",
    "password2": "SecurePassword123"
  }'"#;

const LOG_IN: &str = r#"curl -X POST http://localhost:8000/api/auth/login/ \
  -H "Content-Type: application/json" \
  -d '{
    "email": "user@example.com",
    "password": "SecurePassword123"
  }'"#;

const UPLOAD: &str = r#"curl -X POST http://localhost:8000/api/images/upload/ \
  -H "Authorization: Bearer <access_token>" \
  -F "image=@/path/to/image.jpg" \
  -F "title=My Image" \
  -F "description=A beautiful landscape""#;

const LIST: &str = r#"curl -X GET http://localhost:8000/api/images/ \
  -H "Authorization: Bearer <access_token>""#;

const DETAIL: &str = r#"curl -X GET http://localhost:8000/api/images/1/ \
  -H "Authorization: Bearer <access_token>""#;

const DELETE: &str = r#"curl -X DELETE http://localhost:8000/api/images/1/delete/ \
  -H "Authorization: Bearer <access_token>""#;

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

/// Sends what curl would send.
async fn curl(program: &Program, command: &str, access: &str, id: &str) -> Answer {
    let command = command.replace("<access_token>", access).replace("/images/1/", &format!("/images/{id}/"));
    let words = words(&command);
    let after = |flag: &str| {
        words.iter().zip(words.iter().skip(1)).filter(|(word, _)| *word == flag).map(|(_, next)| next.clone()).collect::<Vec<_>>()
    };
    let url = words.iter().find(|word| word.starts_with("http")).unwrap();
    let mut request = program.nobody().request(&after("-X")[0], url.strip_prefix("http://localhost:8000").unwrap());
    request = request.header("user-agent", "curl/8.5.0").header("accept", "*/*");
    for line in after("-H") {
        let (name, value) = line.split_once(": ").unwrap();
        request = request.header(name.to_lowercase(), value);
    }
    let fields = after("-F");
    let body = match after("-d").pop() {
        Some(data) => data.replace('\n', "").into_bytes(),
        None if fields.is_empty() => vec![],
        None => {
            let edge = "------------------------d74496d66958873e";
            request = request.header("content-type", format!("multipart/form-data; boundary={edge}"));
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
    };
    program.send(request.body(Body::from(body)).unwrap()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_examples_of_the_manual_work_one_after_the_other() {
    for world in worlds().await {
        let program = Program::new(&world);
        let up = curl(&program, SIGN_UP, "", "").await;
        assert_eq!((up.status, up.body["user"]["username"].as_str()), (201, Some("johndoe")), "{}", up.body);
        let login = curl(&program, LOG_IN, "", "").await;
        let keys: Vec<_> = login.body.as_object().unwrap().keys().cloned().collect();
        assert_eq!((login.status, keys.join(" ").as_str()), (200, "access refresh"));
        let access = login.text("access");
        let refresh = program.post("/api/auth/token/refresh/", &json!({"refresh": login.body["refresh"]})).await;
        assert_eq!((refresh.status, refresh.body["access"].is_string()), (200, true));
        let image = curl(&program, UPLOAD, &access, "").await;
        assert_eq!(
            (image.status, image.text("title"), image.text("description")),
            (201, "My Image".into(), "A beautiful landscape".into()),
            "{}",
            image.body
        );
        let id = image.text("id");
        let list = curl(&program, LIST, &access, &id).await;
        let detail = curl(&program, DETAIL, &access, &id).await;
        assert_eq!((list.status, detail.status, &list.body), (200, 200, &json!([detail.body])));
        assert_eq!(detail.body["user"], up.body["user"]);
        let gone = curl(&program, DELETE, &access, &id).await;
        assert_eq!(gone.status, 204);
        assert_eq!(curl(&program, DETAIL, &access, &id).await.status, 404);
        assert_eq!(curl(&program, LIST, "", "").await.status, 401);
    }
}

#[test]
fn a_command_line_is_read_as_a_shell_reads_it() {
    assert_eq!(words("a -d '{\"x\": 1}' \\\n  \"b c\"d ''"), ["a", "-d", "{\"x\": 1}", "b cd", ""]);
}
