use crate::{
    platform::Actor,
    shared::{AppError, UserId},
};

/// An order as far as rights go: who buys, and whose photographs are in it.
pub struct Parties {
    pub buyer: UserId,
    pub photographers: Vec<UserId>,
}

impl Parties {
    fn are_all(&self, photographer: UserId) -> bool {
        !self.photographers.is_empty() && self.photographers.iter().all(|id| *id == photographer)
    }
}

/// The studio's side: the owner, and photographers whose pictures are in it. To everybody else there is no such order.
pub fn may_work_on(actor: &Actor, order: &Parties) -> Result<(), AppError> {
    let person = actor.runs_galleries()?;
    if actor.is_owner() || order.photographers.contains(&person.id) { Ok(()) } else { Err(AppError::NotFound) }
}

/// Saying that the money came is for the owner, or for the photographer to whom the whole of it belongs.
pub fn may_mark_paid(actor: &Actor, order: &Parties) -> Result<(), AppError> {
    may_work_on(actor, order)?;
    let person = actor.person()?;
    if actor.is_owner() || order.are_all(person.id) { Ok(()) } else { Err(AppError::NotAllowed) }
}

/// Giving money back is for those who may say that it came.
pub fn may_refund(actor: &Actor, order: &Parties) -> Result<(), AppError> {
    may_mark_paid(actor, order)
}

/// The papers of an order are for its buyer, and for those to whom the whole of it belongs: they name every line.
pub fn may_read_papers(actor: &Actor, order: &Parties) -> Result<(), AppError> {
    if actor.person()?.id == order.buyer { Ok(()) } else { may_mark_paid(actor, order).map_err(|_| AppError::NotFound) }
}

/// A waiting order may be cancelled by its buyer, and by those who may mark it paid.
pub fn may_cancel(actor: &Actor, order: &Parties) -> Result<(), AppError> {
    if actor.person()?.id == order.buyer { Ok(()) } else { may_mark_paid(actor, order) }
}

/// Asking the provider again changes nothing but what we know, so everybody may who sees the order.
pub fn may_check_payment(actor: &Actor, order: &Parties) -> Result<(), AppError> {
    if actor.person()?.id == order.buyer { Ok(()) } else { may_work_on(actor, order) }
}

/// The buyer pays, nobody else.
pub fn may_pay(actor: &Actor, order: &Parties) -> Result<(), AppError> {
    if actor.person()?.id == order.buyer { Ok(()) } else { Err(AppError::NotFound) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{platform::Person, shared::Role};

    fn somebody(role: Role) -> (UserId, Actor) {
        let id = UserId::new();
        (id, Actor::Person(Person { id, role, name: "Ada".into(), email: "ada@example.com".into(), proven_email: None }))
    }

    #[test]
    fn an_order_is_not_there_for_those_who_have_no_part_in_it() {
        let (buyer, _) = somebody(Role::Client);
        let (photographer, _) = somebody(Role::Photographer);
        let order = Parties { buyer, photographers: vec![photographer] };
        for role in [Role::Client, Role::Crew, Role::Photographer] {
            let (_, stranger) = somebody(role);
            for verdict in [may_work_on, may_mark_paid, may_cancel, may_check_payment, may_pay, may_refund, may_read_papers] {
                assert_eq!(verdict(&stranger, &order), Err(AppError::NotFound), "{role}");
            }
        }
        assert_eq!(may_cancel(&Actor::Guest, &order), Err(AppError::SignInNeeded));
    }

    #[test]
    fn a_photographer_marks_paid_what_is_all_theirs_and_leaves_the_rest_to_the_owner() {
        let (buyer, client) = somebody(Role::Client);
        let (mine, photographer) = somebody(Role::Photographer);
        let (other, owner) = somebody(Role::Owner);
        let own = Parties { buyer, photographers: vec![mine, mine] };
        let shared = Parties { buyer, photographers: vec![mine, other] };
        assert_eq!(may_mark_paid(&photographer, &own), Ok(()));
        assert_eq!(may_mark_paid(&photographer, &shared), Err(AppError::NotAllowed));
        assert_eq!(may_work_on(&photographer, &shared), Ok(()));
        assert_eq!(may_mark_paid(&owner, &shared), Ok(()));
        assert_eq!(may_mark_paid(&client, &own), Err(AppError::NotFound));
        assert_eq!(may_cancel(&client, &own), Ok(()));
        assert_eq!(may_pay(&owner, &own), Err(AppError::NotFound));
        assert_eq!(may_refund(&client, &own), Err(AppError::NotFound));
        assert_eq!(may_refund(&photographer, &shared), Err(AppError::NotAllowed));
        assert_eq!(may_read_papers(&client, &shared), Ok(()));
        assert_eq!(may_read_papers(&photographer, &shared), Err(AppError::NotFound));
    }
}
