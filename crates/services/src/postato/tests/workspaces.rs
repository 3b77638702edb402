//! Workspaces and channels.

use rundown_core::model::{Edit, Workspace};
use rundown_core::service::{ListQuery, SchedulingService, ServiceError};
use serde_json::json;

use super::*;

fn main_brand() -> Workspace {
    Workspace { id: RemoteId(WORKSPACE.to_owned()), name: "Main Brand".to_owned() }
}

#[tokio::test]
async fn the_workspaces_behind_a_key_are_read_in_every_shape_the_documents_show() {
    let one = fixture("workspaces")["items"].clone();
    for body in [
        fixture("workspaces"),
        fixture("mcp-workspaces"),
        one.clone(),
        json!({ "data": one }),
        json!({ "data": { "items": one } }),
    ] {
        let (postato, transport) = postato_in(None, vec![ok(&body)]);
        let workspaces = postato.workspaces().await.unwrap().value;
        assert_eq!(workspaces[0], main_brand(), "{body}");
        assert_eq!(transport.asked(), ["GET /v1/workspaces"]);
    }
}

#[tokio::test]
async fn a_workspace_that_could_not_be_asked_for_is_not_offered() {
    let entries = json!([null, {}, { "id": "../accounts" }, { "id": WORKSPACE, "name": null }]);
    let (postato, _) = postato_in(None, vec![ok(&entries)]);
    let id = RemoteId(WORKSPACE.to_owned());
    let nameless = Workspace { name: id.0.clone(), id };
    assert_eq!(postato.workspaces().await.unwrap().value, [nameless]);
}

#[tokio::test]
async fn without_a_workspace_nothing_else_is_sent() {
    for workspace in [None, Some(""), Some(".."), Some("wks_01H/posts")] {
        let (postato, transport) = postato_in(workspace, vec![]);
        let errors = [
            postato.channels().await.unwrap_err(),
            postato.list(&ListQuery::Drafts, None).await.unwrap_err(),
            postato.read(&id(), &[]).await.unwrap_err(),
            postato.apply(&id(), &Edit::pause(), &key()).await.unwrap_err(),
        ];
        for error in errors {
            assert!(matches!(error, ServiceError::Refused { status: 0, .. }), "{error:?}");
            assert!(error.to_string().contains("choose one of Postato’s"), "{error}");
        }
        assert!(transport.asked().is_empty());
    }
}

#[tokio::test]
async fn the_key_goes_as_a_bearer_and_every_path_is_below_the_workspace() {
    let (postato, transport) = postato(vec![ok(&fixture("accounts"))]);
    postato.channels().await.unwrap();
    assert_eq!(transport.asked(), [format!("GET /v1/workspaces/{WORKSPACE}/accounts")]);
    let header = transport.requests()[0].headers()["authorization"].clone();
    assert_eq!(header, format!("Bearer {KEY}"));
    assert!(header.is_sensitive());
}

#[tokio::test]
async fn channels_have_a_name_a_handle_and_their_trouble_in_words() {
    let mut body = fixture("accounts");
    body["accounts"].as_array_mut().unwrap().extend([
        json!(null),
        json!({ "platform": "x" }),
        json!({ "id": "acc_3", "platform": "LinkedIn", "username": "Ana Souza", "status": "token_expired" }),
        json!({ "id": "acc_4", "platform": "tiktok", "status": "suspended" }),
        json!({ "id": "acc_5", "platform": "youtube", "status": "disconnected" }),
        json!({ "id": "acc_6", "status": "active" }),
    ]);
    let (postato, _) = postato(vec![ok(&body)]);
    let channels = postato.channels().await.unwrap().value;
    let told: Vec<_> = channels
        .iter()
        .map(|c| (c.network.as_str(), c.name.as_str(), c.handle.as_deref(), c.problem.as_deref()))
        .collect();
    assert_eq!(
        told,
        [
            ("twitter", "Postato", Some("postato_br"), None),
            ("instagram", "postato.br", Some("postato.br"), None),
            (
                "linkedin",
                "Ana Souza",
                None,
                Some("Postato is no longer signed in here. Reconnect it at Postato.")
            ),
            (
                "tiktok",
                "acc_4",
                None,
                Some(
                    "The network has suspended this account, so Postato can’t publish here. Settle \
                     it with the network, then reconnect it at Postato."
                )
            ),
            (
                "youtube",
                "acc_5",
                None,
                Some("Postato calls this account “disconnected”. Check it at Postato.")
            ),
            ("unknown", "acc_6", None, None),
        ]
    );
}

#[tokio::test]
async fn accounts_are_read_in_every_likely_shape() {
    let entries = fixture("accounts")["accounts"].clone();
    for body in [json!({ "items": entries }), json!({ "data": entries }), entries.clone()] {
        let (postato, _) = postato(vec![ok(&body)]);
        assert_eq!(postato.channels().await.unwrap().value.len(), 2, "{body}");
    }
}

#[tokio::test]
async fn without_a_list_of_accounts_the_channels_are_those_that_posts_name() {
    let method = scripted::json(405, &json!({ "error": "method_not_allowed" }));
    for missing in [not_found(), no_route(), method] {
        let mut body = fixture("posts");
        let nameless = json!({ "id": "pst_9", "status": "draft", "platform": "LinkedIn" });
        body["items"].as_array_mut().unwrap().push(nameless);
        let (postato, transport) = postato(vec![missing, ok(&body)]);
        let channels = postato.channels().await.unwrap().value;
        let told: Vec<_> =
            channels.iter().map(|c| (c.network.as_str(), c.id.as_str(), c.name.as_str())).collect();
        let instagram = "acc_01HV3XD7N9Q1S3V5X7Z9B1D3F5";
        assert_eq!(
            told,
            [
                ("twitter", ACCOUNT, ACCOUNT),
                ("instagram", instagram, instagram),
                ("linkedin", "linkedin", "linkedin"),
            ]
        );
        assert_eq!(asked(&transport), ["GET /accounts", "GET /posts?limit=100"]);
    }
}

#[tokio::test]
async fn a_server_without_posts_either_is_no_postato() {
    let (postato, _) = postato(vec![not_found(), not_found()]);
    match postato.channels().await.unwrap_err() {
        ServiceError::Refused { status: 404, sentence } => assert_eq!(
            sentence,
            "There is no Postato with this workspace at this server address: Post not found"
        ),
        other => panic!("{other:?}"),
    }
    let (postato, _) = postato_in(None, vec![not_found()]);
    match postato.workspaces().await.unwrap_err() {
        ServiceError::Refused { status: 404, sentence } => {
            assert_eq!(sentence, "There is no Postato at this server address: Post not found");
        }
        other => panic!("{other:?}"),
    }
}
