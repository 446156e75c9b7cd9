use photovault::features::orders::server::draw_paper;
use photovault::platform::db::sql;
use photovault::platform::{
    Actor, Clock, ImagingPool, Person, RequestContext, Services, config::Config, db::Db, jobs::Bell, mail::Carrier, passwords::Passwords,
    payment::Stripe, seal::Seal, storage::Storage,
};
use photovault::shared::{Role, UserId, email_key};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::{collections::BTreeMap, sync::Arc};

/// 14 June 2026, 12:00 UTC: where every test begins.
pub const NOON: i64 = 1_781_438_400_000;

pub struct World {
    pub engine: &'static str,
    pub services: Arc<Services>,
    /// The settings, for a program in a process of its own.
    pub env: BTreeMap<String, String>,
    _folder: tempfile::TempDir,
    postgres: Option<(String, String)>,
}

/// One world on SQLite, and one on PostgreSQL where `PHOTOVAULT_TEST_DATABASE_URL` names a server.
/// The test command always names one; `cargo test` alone is the quick look on SQLite.
pub async fn worlds() -> Vec<World> {
    worlds_with(&[]).await
}

/// The same with settings of their own.
pub async fn worlds_with(settings: &[(&str, &str)]) -> Vec<World> {
    all(settings, || Clock::fixed(NOON)).await
}

/// The same by the machine's own clock, for programs in processes of their own.
pub async fn worlds_in_real_time(settings: &[(&str, &str)]) -> Vec<World> {
    all(settings, Clock::default).await
}

async fn all(settings: &[(&str, &str)], clock: fn() -> Clock) -> Vec<World> {
    let mut all = vec![World::open("sqlite", None, settings, clock()).await];
    if let Ok(server) = std::env::var("PHOTOVAULT_TEST_DATABASE_URL") {
        all.push(World::open("postgres", Some(server), settings, clock()).await);
    }
    all
}

impl World {
    pub async fn open(engine: &'static str, server: Option<String>, settings: &[(&str, &str)], clock: Clock) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut env = BTreeMap::from([
            ("PHOTOVAULT_DATA".to_string(), folder.path().display().to_string()),
            ("PAYMENT_SANDBOX".to_string(), "1".to_string()),
        ]);
        env.extend(settings.iter().map(|(name, value)| (name.to_string(), value.to_string())));
        let mut postgres = None;
        if let Some(server) = server {
            let name = format!("pv_{}", uuid::Uuid::now_v7().simple());
            let mut admin = PgConnection::connect(&server).await.unwrap();
            sqlx::raw_sql(AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut admin).await.unwrap();
            let (base, _) = server.rsplit_once('/').unwrap();
            env.insert("DATABASE_URL".into(), format!("{base}/{name}"));
            postgres = Some((server, name));
        }
        let config = Config::read("", &env, "127.0.0.1:3000").unwrap();
        let services = services(config, clock).await;
        services.db.migrate().await.unwrap();
        set_up(&services.db).await;
        Self { engine, services: Arc::new(services), env, _folder: folder, postgres }
    }

    /// The same studio in a second program: same database, same folder, same clock, nothing else in common.
    pub async fn twin(&self) -> Arc<Services> {
        self.twin_at(&self.services.config.database_url).await
    }

    /// A second program on another machine: same database and bucket, a data folder of its own.
    pub async fn twin_elsewhere(&self) -> (Arc<Services>, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let config = Config { data: folder.path().to_path_buf(), ..self.services.config.clone() };
        (Arc::new(services(config, self.services.clock.clone()).await), folder)
    }

    /// A second program that reaches the database by another address.
    pub async fn twin_at(&self, database_url: &str) -> Arc<Services> {
        let config = Config { database_url: database_url.into(), ..self.services.config.clone() };
        Arc::new(services(config, self.services.clock.clone()).await)
    }

    /// The same studio with a single line to a PostgreSQL.
    pub async fn on_one_line(&self) -> Arc<Services> {
        Arc::new(services(Config { database_connections: 1, ..self.services.config.clone() }, self.services.clock.clone()).await)
    }

    /// The same studio after its keys for cards were taken out of the settings.
    pub async fn without_cards(&self) -> Arc<Services> {
        Arc::new(services(Config { stripe: None, ..self.services.config.clone() }, self.services.clock.clone()).await)
    }

    pub fn system(&self) -> RequestContext {
        RequestContext::system(self.services.clone())
    }

    pub fn guest(&self) -> RequestContext {
        self.system().acting_as(Actor::Guest)
    }

    /// The world as somebody with this account sees it; the address counts as proven.
    pub fn cx_as(&self, id: UserId, role: Role, name: &str, email: &str) -> RequestContext {
        self.system().acting_as(Actor::Person(Person {
            id,
            role,
            name: name.into(),
            email: email.into(),
            proven_email: Some(email_key(email)),
        }))
    }

    /// Adds an account and gives the world as this person sees it. The address counts as proven; nobody can sign in with it.
    pub async fn person(&self, role: Role, email: &str) -> RequestContext {
        let (id, name) = (UserId::new(), email.split('@').next().unwrap_or(email).to_string());
        let mut tx = self.services.db.begin().await.unwrap();
        sql("INSERT INTO users (id, email, email_key, email_verified_at, name, role, password_hash, is_active, created_at) VALUES ($1, $2, $3, $4, $5, $6, NULL, $7, $4)")
            .bind(id)
            .bind(email)
            .bind(email_key(email))
            .bind(NOON)
            .bind(&name)
            .bind(role)
            .bind(true)
            .run(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        self.cx_as(id, role, &name, email)
    }

    /// Moves the clock forward.
    pub fn later(&self, milliseconds: i64) {
        self.services.clock.advance(milliseconds);
    }
}

async fn services(config: Config, clock: Clock) -> Services {
    Services {
        imaging: ImagingPool::new(config.imaging_memory_mb, 1),
        passwords: Passwords::new(2),
        clock,
        bell: Bell::default(),
        mail: Carrier::open(&config.mail, &config.data, draw_paper).unwrap(),
        stripe: config.stripe.as_ref().map(|settings| Stripe::open(settings, "secret").unwrap()),
        seal: Seal::new(config.sealing_key()),
        db: Db::open_with(&config.database_url, config.database_connections).await.unwrap(),
        storage: Storage::open(&config.data, &config.storage).await.unwrap(),
        config,
    }
}

/// A studio in Berlin that sells in euros and marks its pictures across the whole surface.
async fn set_up(db: &Db) {
    let mut tx = db.begin().await.unwrap();
    sql("INSERT INTO studio (id, name, tagline, about, services, time_zone, currency, payment_instructions, watermark_text, watermark_style, watermark_opacity, watermark_rev, created_at)
         VALUES (1, 'Studio Test', '', '', '', 'Europe/Berlin', 'EUR', 'IBAN DE00', 'Studio Test', 'tiled', 40, 1, $1)")
        .bind(NOON)
        .run(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

impl Drop for World {
    fn drop(&mut self) {
        let Some((server, name)) = self.postgres.take() else { return };
        // the pool may still hold connections: FORCE ends them, but not the server's own housekeeper, who may be at work
        // in it just then; what stays ends with the private server. Nobody waits for it: a connection that this test's
        // runtime was just opening would stand half-open while its thread is held up here, and the server waits for it.
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                // a server that is gone took its databases with it
                let Ok(mut admin) = PgConnection::connect(&server).await else { return };
                let _ = sqlx::raw_sql(AssertSqlSafe(format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))).execute(&mut admin).await;
            });
        });
    }
}
