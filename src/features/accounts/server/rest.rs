//! Accounts for programs: signing up and in with tokens, and who one is.
use super::{
    password_rules::{Weakness, is_same, weaknesses},
    service::{self, Me, Tokens},
};
use crate::{
    features::accounts::NewClient,
    platform::{
        RequestContext,
        passwords::{LONGEST, SHORTEST},
        rest::{Bearer, Body, Detail, Endpoint, Given, MaybeBody, Refusal, instant, sentence},
    },
    shared::{AppError, Scope, is_email, one_line},
};
use axum::{Json, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::routes;
use uuid::Uuid;

pub fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::open(routes!(sign_up)).also(&["/api/auth/signup", "/api/auth/register"]),
        Endpoint::open(routes!(log_in)).also(&["/api/auth/login"]),
        Endpoint::open(routes!(refresh)).also(&["/api/auth/token/refresh"]),
        Endpoint::open(routes!(verify_email)).also(&["/api/auth/verify-email"]),
        Endpoint::open(routes!(resend_code)).also(&["/api/auth/resend-email-otp"]),
        Endpoint::needs(Scope::Account, routes!(log_out)).also(&["/api/auth/logout"]),
        Endpoint::needs(Scope::Account, routes!(change_password)),
        Endpoint::needs(Scope::Profile, routes!(own_profile, change_profile)).also(&["/api/auth/profile"]),
    ]
}

#[derive(Deserialize, ToSchema)]
struct SignUp {
    #[schema(value_type = String, example = "user@example.com", format = Email)]
    email: Option<String>,
    /// One word to sign in with beside the address. May be left out when there is a name.
    #[schema(example = "johndoe")]
    username: Option<String>,
    /// As others read it; the username unless said otherwise.
    name: Option<String>,
    #[schema(value_type = String, example = "SecurePassword123", format = Password)]
    password: Option<String>,
    /// The password once more.
    #[schema(value_type = String, example = "SecurePassword123", format = Password)]
    password2: Option<String>,
}

/// A person, as far as others may know them.
#[derive(Clone, Serialize, ToSchema)]
pub struct UserBody {
    pub id: Uuid,
    pub email: String,
    pub username: String,
    #[schema(example = "2024-01-15T10:30:00Z", format = DateTime)]
    pub date_joined: String,
}

impl From<&Me> for UserBody {
    fn from(me: &Me) -> Self {
        Self { id: me.id.0, email: me.email.clone(), username: me.username.clone(), date_joined: instant(me.since) }
    }
}

#[derive(Serialize, ToSchema)]
struct TokensBody {
    /// Counts once, for new tokens.
    refresh: String,
    /// Goes into `Authorization: Bearer …`.
    access: String,
}

impl From<Tokens> for TokensBody {
    fn from(tokens: Tokens) -> Self {
        Self { refresh: tokens.refresh, access: tokens.access }
    }
}

#[derive(Serialize, ToSchema)]
struct SignedUp {
    user: UserBody,
    /// None where the studio asks for a confirmed address first: then a code is on its way.
    tokens: Option<TokensBody>,
}

/// Become a client of the studio.
#[utoipa::path(post, path = "/api/v1/auth/signup", tag = "auth", request_body = SignUp, responses((status = 201, body = SignedUp)))]
async fn sign_up(cx: RequestContext, Body(form): Body<SignUp>) -> Result<(StatusCode, Json<SignedUp>), Refusal> {
    let (form, username) = checked(form)?;
    let (me, tokens) = service::register(&cx, form, username).await.map_err(in_their_words)?;
    Ok((StatusCode::CREATED, Json(SignedUp { user: (&me).into(), tokens: tokens.map(Into::into) })))
}

/// The same rules as on the page, all at once and in the words that programs know.
fn checked(form: SignUp) -> Result<(NewClient, Option<String>), Refusal> {
    let username = form.username.as_deref().map(one_line);
    let name = form.name.as_deref().map(one_line).filter(|name| !name.is_empty());
    let mut given = Given::default();
    match (&username, &name) {
        (None, None) => given.wrong("username", "This field is required."),
        (None, Some(_)) => {}
        (Some(username), _) => {
            service::username_problems(username).into_iter().for_each(|(field, message)| given.wrong(field, sentence(message)))
        }
    }
    let email = given.text("email", form.email);
    if email.as_deref().is_some_and(|email| !is_email(&one_line(email))) {
        given.wrong("email", "Enter a valid email address.");
    }
    let names = [username.as_deref().unwrap_or_default(), name.as_deref().unwrap_or_default()];
    let password = new_password(&mut given, form.password, form.password2, &names, email.as_deref().unwrap_or_default());
    let (email, (password, password2)) = given.all(email.zip(password))?;
    let name = name.or_else(|| username.clone()).unwrap_or_default();
    Ok((NewClient { name, email, password, password2 }, username))
}

/// A new password that was typed twice; what is wrong with it is noted.
fn new_password(
    given: &mut Given,
    password: Option<String>,
    again: Option<String>,
    names: &[&str],
    email: &str,
) -> Option<(String, String)> {
    let (password, again) = (given.text("password", password), given.text("password2", again));
    for weakness in password.iter().flat_map(|password| weaknesses(password, names, email)) {
        given.wrong("password", said(weakness));
    }
    let (password, again) = password.zip(again)?;
    if !is_same(&password, &again) {
        given.wrong("password2", "Password fields didn't match.");
    }
    Some((password, again))
}

fn said(weakness: Weakness) -> String {
    match weakness {
        Weakness::TooLong => format!("This password is too long. It may contain at most {LONGEST} characters."),
        Weakness::TooShort => format!("This password is too short. It must contain at least {SHORTEST} characters."),
        Weakness::OnlyDigits => "This password is entirely numeric.".into(),
        Weakness::LikeTheName => "The password is too similar to the username.".into(),
        Weakness::LikeTheAddress => "The password is too similar to the email address.".into(),
        Weakness::Common => "This password is too common.".into(),
    }
}

fn in_their_words(error: AppError) -> Refusal {
    match &error {
        AppError::Invalid(problems) if problems.iter().any(|p| p.field == "email" && p.message.starts_with("there is an account")) => {
            Refusal::field("email", "A user with that email already exists.")
        }
        _ => error.into(),
    }
}

#[derive(Deserialize, ToSchema)]
struct LogIn {
    /// The address; a username is taken too.
    #[schema(example = "user@example.com")]
    email: Option<String>,
    username: Option<String>,
    #[schema(value_type = String, example = "SecurePassword123", format = Password)]
    password: Option<String>,
}

/// Sign in.
#[utoipa::path(post, path = "/api/v1/auth/login", tag = "auth", request_body = LogIn, responses((status = 200, body = TokensBody)))]
async fn log_in(cx: RequestContext, Body(form): Body<LogIn>) -> Result<Json<TokensBody>, Refusal> {
    let mut given = Given::default();
    let who = match (form.email, form.username) {
        (None, Some(username)) => given.text("username", Some(username)),
        (email, _) => given.text("email", email),
    };
    let password = given.text("password", form.password);
    let (who, password) = given.all(who.zip(password))?;
    let tokens = service::log_in(&cx, &who, &password).await.map_err(|error| match error {
        AppError::Invalid(_) => Refusal::new(StatusCode::UNAUTHORIZED, "No active account found with the given credentials"),
        other => other.into(),
    })?;
    Ok(Json(tokens.into()))
}

#[derive(Deserialize, ToSchema)]
struct RefreshToken {
    refresh: String,
}

/// New tokens for a refresh token. It counts once: the answer holds the next one.
#[utoipa::path(post, path = "/api/v1/auth/refresh", tag = "auth", request_body = RefreshToken, responses((status = 200, body = TokensBody)))]
async fn refresh(cx: RequestContext, Body(form): Body<RefreshToken>) -> Result<Json<TokensBody>, Refusal> {
    let tokens = service::refresh(&cx, &form.refresh).await.map_err(|error| match error {
        AppError::SignInNeeded => Refusal::new(StatusCode::UNAUTHORIZED, "Token is invalid or expired"),
        other => other.into(),
    })?;
    Ok(Json(tokens.into()))
}

#[derive(Deserialize, ToSchema)]
struct Verification {
    #[schema(value_type = String, format = Email)]
    email: Option<String>,
    /// The six digits from the letter.
    #[schema(example = "123456")]
    code: Option<String>,
    /// The same by its older name.
    otp: Option<String>,
}

/// Confirm an address with the code from the letter.
#[utoipa::path(post, path = "/api/v1/auth/verify-email", tag = "auth", request_body = Verification, responses((status = 200, body = Detail)))]
async fn verify_email(cx: RequestContext, Body(form): Body<Verification>) -> Result<Json<Detail>, Refusal> {
    let mut given = Given::default();
    let (email, code) = (given.text("email", form.email), given.text("code", form.code.or(form.otp)));
    let (email, code) = given.all(email.zip(code))?;
    service::verify_email(&cx, &email, &code).await?;
    Ok(Json(Detail { detail: "The address is confirmed.".into() }))
}

#[derive(Deserialize, ToSchema)]
struct Address {
    #[schema(format = Email)]
    email: String,
}

/// A new code by mail; at most once a minute. The answer is the same for every address.
#[utoipa::path(post, path = "/api/v1/auth/resend-otp", tag = "auth", request_body = Address, responses((status = 200, body = Detail)))]
async fn resend_code(cx: RequestContext, Body(form): Body<Address>) -> Result<Json<Detail>, Refusal> {
    service::resend_code(&cx, &form.email).await?;
    Ok(Json(Detail { detail: "If this address waits for its confirmation, a code is on its way.".into() }))
}

#[derive(Default, Deserialize, ToSchema)]
struct LoggingOut {
    /// A refresh token of another sign-in that shall end too.
    refresh: Option<String>,
}

/// Sign out: the access token that asks and everything that came with it count for nothing from now on.
#[utoipa::path(post, path = "/api/v1/auth/logout", tag = "auth", request_body = Option<LoggingOut>, responses((status = 204)))]
async fn log_out(bearer: Bearer, MaybeBody(other): MaybeBody<LoggingOut>) -> Result<StatusCode, Refusal> {
    let family = bearer.family.ok_or_else(Refusal::forbidden)?;
    service::log_out(&bearer.cx, family, other.refresh.as_deref()).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize, ToSchema)]
struct NewPassword {
    #[schema(value_type = String, format = Password)]
    old_password: Option<String>,
    #[schema(value_type = String, format = Password)]
    password: Option<String>,
    #[schema(value_type = String, format = Password)]
    password2: Option<String>,
}

/// Choose a new password. Every browser and every token ends; the answer holds the only tokens that count.
#[utoipa::path(post, path = "/api/v1/auth/password", tag = "auth", request_body = NewPassword, responses((status = 200, body = TokensBody)))]
async fn change_password(bearer: Bearer, me: Me, Body(form): Body<NewPassword>) -> Result<Json<TokensBody>, Refusal> {
    let mut given = Given::default();
    let old = given.text("old_password", form.old_password);
    let new = new_password(&mut given, form.password, form.password2, &[me.username.as_str(), me.name.as_str()], &me.email);
    let (old, (new, again)) = given.all(old.zip(new))?;
    service::change_password(&bearer.cx, &old, &new, &again).await?;
    Ok(Json(service::renew(&bearer.cx).await?.into()))
}

#[derive(Serialize, ToSchema)]
struct ProfileBody {
    id: Uuid,
    email: String,
    username: String,
    name: String,
    /// `owner`, `photographer`, `crew` or `client`.
    role: String,
    /// Mail is known to arrive at the address.
    is_verified: bool,
    #[schema(format = DateTime)]
    date_joined: String,
}

impl From<Me> for ProfileBody {
    fn from(me: Me) -> Self {
        Self {
            id: me.id.0,
            email: me.email,
            username: me.username,
            name: me.name,
            role: me.role.to_string(),
            is_verified: me.is_proven,
            date_joined: instant(me.since),
        }
    }
}

/// Who I am.
#[utoipa::path(get, path = "/api/v1/me", tag = "auth", responses((status = 200, body = ProfileBody)))]
async fn own_profile(me: Me) -> Json<ProfileBody> {
    Json(me.into())
}

/// What is left out stays. Role and address are nothing that one changes here.
#[derive(Deserialize, ToSchema)]
struct ChangedProfile {
    name: Option<String>,
    username: Option<String>,
}

/// Change my names.
#[utoipa::path(put, path = "/api/v1/me", tag = "auth", request_body = ChangedProfile, responses((status = 200, body = ProfileBody)))]
async fn change_profile(cx: RequestContext, Body(form): Body<ChangedProfile>) -> Result<Json<ProfileBody>, Refusal> {
    Ok(Json(service::change_me(&cx, form.name.as_deref(), form.username.as_deref()).await?.into()))
}
