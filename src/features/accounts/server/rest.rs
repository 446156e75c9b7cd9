//! Accounts for programs: signing up and in with tokens, and who one is.
use super::{
    password_rules::{Weakness, weaknesses},
    service::{self, Me, Tokens},
};
use crate::{
    features::accounts::NewClient,
    platform::{
        RequestContext,
        passwords::{LONGEST, SHORTEST},
        rest::{Bearer, Body, Detail, Endpoint, MaybeBody, Refusal, instant},
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
    #[schema(example = "user@example.com", format = Email)]
    email: String,
    /// One word to sign in with beside the address. May be left out when there is a name.
    #[schema(example = "johndoe")]
    username: Option<String>,
    /// As others read it; the username unless said otherwise.
    name: Option<String>,
    #[schema(example = "SecurePassword123", format = Password)]
    password: String,
    /// The password once more.
    #[schema(example = "SecurePassword123", format = Password)]
    password2: String,
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
    let mut problems: Vec<(String, String)> = vec![];
    let mut wrong = |field: &str, message: &str| problems.push((field.into(), message.into()));
    match (&username, &name) {
        (None, None) => wrong("username", "This field is required."),
        (None, Some(_)) => {}
        (Some(username), _) => service::username_problems(username).into_iter().for_each(|(field, message)| wrong(field, message)),
    }
    if form.email.trim().is_empty() {
        wrong("email", "This field may not be blank.");
    } else if !is_email(&one_line(&form.email)) {
        wrong("email", "Enter a valid email address.");
    }
    let names = [username.as_deref().unwrap_or_default(), name.as_deref().unwrap_or_default()];
    for weakness in weaknesses(&form.password, &names, &form.email) {
        wrong("password", &said(weakness));
    }
    if form.password != form.password2 {
        wrong("password2", "Password fields didn't match.");
    }
    if !problems.is_empty() {
        return Err(Refusal::fields(problems));
    }
    let name = name.or_else(|| username.clone()).unwrap_or_default();
    Ok((NewClient { name, email: form.email, password: form.password, password2: form.password2 }, username))
}

fn said(weakness: Weakness) -> String {
    match weakness {
        Weakness::TooLong => format!("This password is too long. It may contain at most {LONGEST} characters."),
        Weakness::TooShort => format!("This password is too short. It must contain at least {SHORTEST} characters."),
        Weakness::OnlyDigits => "This password is entirely numeric.".into(),
        Weakness::LikeThePerson => "The password is too similar to the username.".into(),
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
    #[schema(example = "SecurePassword123", format = Password)]
    password: String,
}

/// Sign in.
#[utoipa::path(post, path = "/api/v1/auth/login", tag = "auth", request_body = LogIn, responses((status = 200, body = TokensBody)))]
async fn log_in(cx: RequestContext, Body(form): Body<LogIn>) -> Result<Json<TokensBody>, Refusal> {
    let who = form.email.or(form.username).ok_or_else(|| Refusal::field("email", "This field is required."))?;
    let tokens = service::log_in(&cx, &who, &form.password).await.map_err(|error| match error {
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
    #[schema(format = Email)]
    email: String,
    /// The six digits from the letter.
    #[serde(alias = "otp")]
    #[schema(example = "123456")]
    code: String,
}

/// Confirm an address with the code from the letter.
#[utoipa::path(post, path = "/api/v1/auth/verify-email", tag = "auth", request_body = Verification, responses((status = 200, body = Detail)))]
async fn verify_email(cx: RequestContext, Body(form): Body<Verification>) -> Result<Json<Detail>, Refusal> {
    service::verify_email(&cx, &form.email, &form.code).await?;
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
    #[schema(format = Password)]
    old_password: String,
    #[schema(format = Password)]
    password: String,
    #[schema(format = Password)]
    password2: String,
}

/// Choose a new password. Every browser and every token ends; the answer holds the only tokens that count.
#[utoipa::path(post, path = "/api/v1/auth/password", tag = "auth", request_body = NewPassword, responses((status = 200, body = TokensBody)))]
async fn change_password(bearer: Bearer, Body(form): Body<NewPassword>) -> Result<Json<TokensBody>, Refusal> {
    service::change_password(&bearer.cx, &form.old_password, &form.password, &form.password2).await?;
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
