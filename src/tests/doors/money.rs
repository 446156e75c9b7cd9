//! Papers and tables of money, and the page that lets the payment provider's form in.
use super::house::{Answer, EVERYBODY, House};
use crate::support::{stripe::CARDS, worlds_with};

#[tokio::test(flavor = "multi_thread")]
async fn an_invoice_is_for_its_buyer_and_for_those_to_whom_the_order_belongs() {
    for world in worlds_with(&CARDS).await {
        let house = House::open(&world).await;
        let paid = house.call('o', "mark_paid", &house.own("number={order}&paid_on=2026-06-14&reference=cash")).await;
        assert_eq!(paid.status, 200);
        for path in ["/invoices/INV-2026-000001", "/invoices/INV-2026-000001.pdf"] {
            for who in EVERYBODY.chars() {
                let answer = house.visit(who, path).await;
                match who {
                    'a' | 'p' | 'o' => {
                        assert_eq!(answer.status, 200, "{path} for {who}");
                        assert_eq!(answer.headers["content-type"], "application/pdf");
                        assert!(answer.body.starts_with("%PDF-") && answer.headers["cache-control"].to_str().unwrap().contains("no-store"));
                    }
                    'g' | 'd' => assert!(answer.status.is_redirection(), "{path} for {who}"),
                    _ => assert_eq!(answer.status, 404, "{path} for {who}"),
                }
                if !"apo".contains(who) {
                    let none = house.visit(who, &path.replace("000001", "000002")).await;
                    let told = |answer: &Answer| answer.told(&house).replace("000002", "000001");
                    assert_eq!(told(&answer), told(&none), "{path} for {who}");
                }
            }
        }
        assert_eq!(house.visit('a', "/invoices/INV-2026-000002").await.status, 404);
        assert!(house.visit('a', "/payments.csv").await.body.contains("PV-2026-000001"));
        assert!(!house.visit('b', "/payments.csv").await.body.contains("PV-2026-000001"));
        assert!(house.visit('p', "/studio/payments.csv").await.body.contains("PV-2026-000001"));
        assert!(!house.visit('q', "/studio/payments.csv").await.body.contains("PV-2026-000001"));
        assert_eq!(house.visit('a', "/studio/payments.csv").await.status, 404);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_providers_form_is_let_in_on_its_own_page_only() {
    for world in worlds_with(&CARDS).await {
        let house = House::open(&world).await;
        let policy =
            async |path: &str| house.visit('a', &house.own(path)).await.headers["content-security-policy"].to_str().unwrap().to_string();
        let pay = policy("/orders/{order}/pay").await;
        for part in ["https://js.stripe.com", "frame-src", "connect-src 'self' https://api.stripe.com", "'nonce-", "frame-ancestors 'none'"]
        {
            assert!(pay.contains(part), "{part} in {pay}");
        }
        for path in ["/orders/{order}", "/orders", "/checkout", "/"] {
            let policy = policy(path).await;
            assert!(!policy.contains("stripe") && !policy.contains("frame-src"), "{path}: {policy}");
        }
        let page = house.visit('a', &house.own("/orders/{order}/pay")).await.body;
        assert!(page.contains("pk_test_1") && !page.contains("sk_test_1") && !page.contains("whsec_"));
    }
}
