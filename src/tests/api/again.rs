//! What the database undid because another was faster.
use super::{client::Program, orders::Scene};
use crate::support::{World, worlds};
use photovault::platform::db::Db;
use serde_json::json;
use sqlx::{AssertSqlSafe, Connection, PgConnection};

/// So many changes of this table meet another one and are undone; a sequence remembers them, for it is never undone.
async fn clashes(world: &World, table: &str, count: u32) {
    let text = format!(
        "DROP SEQUENCE IF EXISTS met CASCADE; CREATE SEQUENCE met;
         CREATE OR REPLACE FUNCTION meet() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
           IF nextval('met') <= {count} THEN RAISE EXCEPTION 'met another' USING ERRCODE = '40001'; END IF; RETURN NEW; END $$;
         DROP TRIGGER IF EXISTS meets ON {table};
         CREATE TRIGGER meets BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION meet()"
    );
    let mut line = PgConnection::connect(&world.services.config.database_url).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(text)).execute(&mut line).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_does_not_hear_of_two_that_met_at_the_database() {
    for world in worlds().await {
        if !matches!(world.services.db, Db::Postgres { .. }) {
            continue;
        }
        let grace = Program::signed_up(&world, "grace").await;
        clashes(&world, "users", 3).await;
        let changed = grace.put("/api/v1/me", &json!({"name": "Grace Hopper"})).await;
        assert_eq!((changed.status, changed.text("name")), (200, "Grace Hopper".into()), "{}", changed.body);
        // four times in a row is no chance any more
        clashes(&world, "users", 4).await;
        assert_eq!(grace.put("/api/v1/me", &json!({"name": "Grace"})).await.status, 503);
        // the same under a key, where the work is done in a task of its own
        let scene = Scene::set(&world).await;
        clashes(&world, "orders", 2).await;
        let placed = scene.ada.with_body("POST", "/api/v1/orders", &json!({"items": scene.items(&[0])}), Some("k")).await;
        assert_eq!(placed.status, 201, "{}", placed.body);
    }
}
